package facesort.worker;

/** The queues whose buckets share a model. */
enum LaneKind {
  /** Small jobs, for whom somebody waits. */
  INTERACTIVE,
  /** Everything else. */
  BULK
}
