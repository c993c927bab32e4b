package facesort.inference.wrong;

import org.springframework.kafka.annotation.KafkaListener;
import reactor.core.publisher.Mono;

/** Breaks: no listener returns a Mono. */
public final class ReturnsMono {

  /** Would lose records. */
  @KafkaListener(topics = "nothing")
  public Mono<Void> listen(String text) {
    return Mono.empty();
  }
}
