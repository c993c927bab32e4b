package facesort.ops.job;

import picocli.CommandLine.Command;

/** Groups the {@code job} commands. */
@Command(
    name = "job",
    synopsisSubcommandLabel = "COMMAND",
    description = "Submit photos, and see where they stand.",
    footer = {"", "Example:", "  facesort job submit ~/wedding --wait"},
    subcommands = {JobSubmit.class, JobShow.class, JobWait.class})
public final class JobCommands {}
