package facesort.ops.friend;

import picocli.CommandLine.Command;

/** Groups the {@code friend} commands. */
@Command(
    name = "friend",
    synopsisSubcommandLabel = "COMMAND",
    description = "Enroll the people who get photos.",
    footer = {"", "Example:", "  facesort friend enroll Ann --photo ann.jpg --consent"},
    subcommands = {FriendEnroll.class, FriendList.class})
public final class FriendCommands {}
