package facesort.worker.kit;

/** What must hold whatever happens to workers, brokers and records. */
public enum Guarantee {
  /** Every task has its event, or its dead letter if it was planted to have one. */
  NOTHING_IS_LOST,
  /** No task has two events, no record two dead letters, none has both. */
  NOTHING_IS_DOUBLED,
  /** Nothing else than what was planted is in the dead letters. */
  NO_INNOCENT_IS_HELD,
  /** What was planted is in the dead letters. */
  POISON_IS_HELD,
  /** Dead letters hold the original bytes, key and headers, the right code, origin and tries. */
  DEAD_LETTERS_ARE_EXACT,
  /** Each event is the one that follows from its own task. */
  EVENTS_ARE_OF_THEIR_TASK,
  /** Nothing follows from records of transactions that were aborted. */
  ABORTED_IS_NOT_READ,
  /** All groups stand at the ends of their topics. */
  NOBODY_IS_STUCK,
  /** Readers of committed records see what was written, without a transaction left open. */
  READERS_ARE_NOT_STALLED,
  /** Work with an outcome is not done again because of others. */
  WORK_IS_DONE_ONCE,
  /** What is down is not asked more often than the tasks need. */
  NO_RETRY_STORM,
  /** No task of a cancelled job is started later than two seconds after the command. */
  CANCELLED_WORK_DOES_NOT_START,
  /** Of two instances in a slot the older ends, and nothing of it takes effect. */
  THE_OLDER_IS_FENCED,
  /** A worker dies once, not more, by one record. */
  ONE_DEATH_A_KILLER,
  /** An interactive bucket that waits is next, but for bulk's share. */
  INTERACTIVE_COMES_FIRST,
  /** A bulk bucket that waits is passed over no more often than its share allows. */
  BULK_IS_NOT_STARVED,
  /** What cannot be set aside stops the consumer, and says so. */
  TROUBLE_IS_LOUD
}
