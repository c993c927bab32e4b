package facesort.local.process;

/** What asks a process to end in an orderly way. */
public enum StopSignal {
  /** SIGTERM, what nearly every server expects. */
  TERM,
  /** SIGINT; PostgreSQL then drops its clients instead of waiting for them. */
  INT
}
