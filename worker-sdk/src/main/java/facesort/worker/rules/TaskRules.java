package facesort.worker.rules;

import facesort.schemas.FacesDetected;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendProfile;
import facesort.schemas.TaskQueued;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * The gatekeeper: what an event must say before any work is done for it. Every rule that is broken
 * has its own message, the first one is told. Any thread may call it.
 */
public final class TaskRules {

  /**
   * What is wrong with an event.
   *
   * @param code the word for it
   * @param message one line for people, without personal data
   */
  public record Problem(FailureCode code, String message) {}

  private TaskRules() {}

  /**
   * The first rule that the event breaks, if it breaks one. Tasks, faces and profiles have rules of
   * their own; of others only ids, run and times are checked.
   *
   * @param key the record's key; null when it has none
   */
  public static Optional<Problem> check(SpecificRecord event, @Nullable String key) {
    String known = key == null ? "" : key;
    return first(CommonRules.RULES, event, known)
        .or(() ->
            switch (event) {
              case TaskQueued task -> first(TaskQueuedRules.RULES, task, known);
              case FacesDetected faces -> first(FacesDetectedRules.RULES, faces, known);
              case FriendProfile profile -> first(FriendProfileRules.RULES, profile, known);
              default -> Optional.empty();
            });
  }

  private static <E extends SpecificRecord> Optional<Problem> first(
      List<EventRule<E>> rules, E event, String key) {
    for (EventRule<E> rule : rules) {
      if (rule.isBrokenBy(event, key)) {
        return Optional.of(new Problem(rule.code(), rule.message()));
      }
    }
    return Optional.empty();
  }
}
