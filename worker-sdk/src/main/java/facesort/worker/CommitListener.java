package facesort.worker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.transaction.KafkaTransactionManager;
import org.springframework.transaction.support.DefaultTransactionStatus;

/** Transactions that say when they were committed, on the thread that committed them. */
final class CommitListener extends KafkaTransactionManager<byte[], byte[]> {
  private static final long serialVersionUID = 1L;
  private static final Logger log = LoggerFactory.getLogger(CommitListener.class);

  private final transient Runnable committed;
  private final transient Runnable notCommitted;

  /**
   * Over one producer.
   *
   * @param committed called after a commit
   * @param notCommitted called when a commit failed; it may have happened all the same
   */
  CommitListener(
      ProducerFactory<byte[], byte[]> producers, Runnable committed, Runnable notCommitted) {
    super(producers);
    this.committed = committed;
    this.notCommitted = notCommitted;
  }

  @Override
  protected void doCommit(DefaultTransactionStatus status) {
    try {
      super.doCommit(status);
    } catch (RuntimeException e) {
      notCommitted.run();
      throw e;
    }
    try {
      committed.run();
    } catch (RuntimeException e) {
      // It is committed, whatever fails after it: a batch that came again would be done twice.
      log.error("after a commit", e);
    }
  }
}
