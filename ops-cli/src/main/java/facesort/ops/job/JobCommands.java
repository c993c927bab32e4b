package facesort.ops.job;

import picocli.CommandLine.Command;

/** Groups the {@code job} commands. */
@Command(
    name = "job",
    synopsisSubcommandLabel = "COMMAND",
    description = "Submit photos, see where they stand, stop and go on.",
    footer = {"", "Example:", "  facesort job submit ~/wedding --wait"},
    subcommands = {
      JobSubmit.class,
      JobList.class,
      JobShow.class,
      JobEventList.class,
      JobErrorList.class,
      JobWait.class,
      JobCancel.class,
      JobResume.class,
      JobRetry.class
    })
public final class JobCommands {}
