package facesort.worker.policy;

/** The queues whose buckets share a model. */
public enum LaneKind {
  /** Small jobs, for whom somebody waits. */
  INTERACTIVE,
  /** Everything else. */
  BULK
}
