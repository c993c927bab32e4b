package facesort.ops.schema;

import picocli.CommandLine.Command;

/** Groups the {@code schemas} commands. */
@Command(
    name = "schemas",
    synopsisSubcommandLabel = "COMMAND",
    description = "Compare the schemas of all topics with a registry, and register them.",
    footer = {"", "Example:", "  facesort schemas check"},
    subcommands = {SchemasCheck.class, SchemasRegister.class})
public final class SchemasCommands {}
