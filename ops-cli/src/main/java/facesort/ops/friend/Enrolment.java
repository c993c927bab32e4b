package facesort.ops.friend;

import facesort.ops.api.Friend;
import facesort.ops.api.Friend.Gallery;
import facesort.ops.api.FriendAccepted;
import facesort.ops.api.ProjectorApi;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Waits for what the gallery makes of an enrolment. */
public final class Enrolment {
  private static final Duration EVERY = Duration.ofMillis(100);
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private Enrolment() {}

  /**
   * Blocks until the answer to this profile version, or a later one, is there.
   *
   * @throws CommandException when there is none after 60 seconds
   */
  public static Gallery await(ProjectorApi projector, FriendAccepted accepted) {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (System.nanoTime() < end && !Thread.currentThread().isInterrupted()) {
      @Nullable Gallery gallery =
          projector.friend(accepted.friendId()).map(Friend::gallery).orElse(null);
      if (gallery != null && gallery.profileVersion() >= accepted.profileVersion()) {
        return gallery;
      }
      LockSupport.parkNanos(EVERY.toNanos());
    }
    throw new CommandException(
        ExitCode.ERROR,
        "%s is enrolled, but the gallery has not answered yet: is enroll running? See facesort status, then facesort friend list"
            .formatted(accepted.friendId()));
  }

  /** Why nothing of an enrolment was taken, in one line. */
  public static String refusal(Gallery gallery) {
    return gallery.answers().stream()
        .filter(answer -> !answer.accepted())
        .map(answer -> answer.message() != null ? answer.message() : String.valueOf(answer.code()))
        .distinct()
        .reduce((a, b) -> a + "; " + b)
        .orElseGet(() -> gallery.code() == null ? "no reason given" : gallery.code());
  }
}
