package facesort.worker.faults;

import facesort.worker.kit.SeededSource;

/** The places at which a worker is killed. */
enum KillPoints {
  /** While tasks of a bucket have their outcome and others have not. */
  WHILE_WORKING("facesort.worker.LoadedStage", "outcomes.putIfAbsent(outcome.task(), outcome);"),
  /** Everything is sent, the batch's offsets are not. */
  BEFORE_OFFSETS(
      "facesort.worker.BatchRunner", "parts.steps().step(\"commit\", () -> send(batch));"),
  /** The offsets are sent, the transaction is not committed. */
  BEFORE_COMMIT("facesort.worker.CommitListener", "DefaultTransactionStatus status) {"),
  /** The transaction is committed, and this process does not know of it yet. */
  AFTER_COMMIT("facesort.worker.CommitListener", "super.doCommit(status);"),
  /** While suspects of an earlier death are in the child. */
  WHILE_CAREFUL(
      "facesort.worker.BucketRunner", "private void together(List<Received<T>> bucket) {");

  private final String type;
  private final String behind;

  KillPoints(String type, String behind) {
    this.type = type;
    this.behind = behind;
  }

  /** Puts the point into a source. */
  SeededSource into(SeededSource source) {
    return source.insertAfter(
        type, behind, "facesort.worker.kit.KillPoint.here(\"%s\");".formatted(name()));
  }

  /** A source that waits at this point, once, until the test releases it. */
  SeededSource holding() {
    return SeededSource.shipped()
        .insertAfter(type, behind, "facesort.worker.kit.HoldPoint.here(\"%s\");".formatted(name()));
  }

  /** All of them. */
  static SeededSource all() {
    SeededSource source = SeededSource.shipped();
    for (KillPoints point : values()) {
      source = point.into(source);
    }
    return source;
  }
}
