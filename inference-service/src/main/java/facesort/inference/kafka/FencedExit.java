package facesort.inference.kafka;

import facesort.service.WorkerIdentity;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.kafka.event.ConsumerStoppedEvent;
import org.springframework.kafka.event.ConsumerStoppedEvent.Reason;

/**
 * Ends the process when a newer instance has taken its slot. At once: an orderly exit would wait
 * for a group that knows this member no more. The status tells the supervisor not to start it
 * again.
 */
public final class FencedExit implements ApplicationListener<ConsumerStoppedEvent> {
  private static final Logger log = LoggerFactory.getLogger(FencedExit.class);

  @Override
  public void onApplicationEvent(ConsumerStoppedEvent event) {
    if (event.getReason() == Reason.FENCED) {
      log.error("a newer instance has this slot; this one ends");
      Runtime.getRuntime().halt(WorkerIdentity.SLOT_TAKEN);
    }
  }
}
