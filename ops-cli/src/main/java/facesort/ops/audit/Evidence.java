package facesort.ops.audit;

import facesort.schemas.Topics;
import java.util.List;

/**
 * A record that settles a photo.
 *
 * @param outcome how
 * @param run run of the job it belongs to
 * @param place where it stands
 */
record Evidence(Outcome outcome, int run, Place place) {

  /** The dead letters that fail a photo: what was written there will never be matched. */
  static final List<String> DEAD_LETTERS =
      List.of(
          Topics.TASK_QUEUED.deadLetters(),
          Topics.TASK_QUEUED_INTERACTIVE.deadLetters(),
          Topics.FACES_DETECTED.deadLetters());

  /**
   * Where a record stands.
   *
   * @param topic the topic by its own name, also when a copy was read
   */
  record Place(String topic, int partition, long offset) {}
}
