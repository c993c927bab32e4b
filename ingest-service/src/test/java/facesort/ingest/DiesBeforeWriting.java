package facesort.ingest;

import facesort.ingest.publish.TransactionalWriter;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import reactor.core.publisher.Mono;

/**
 * A kill point: all that comes before the first record is done, no record is ever written. Added to
 * an application by name; not found by its scan.
 */
public class DiesBeforeWriting {

  @Bean
  @Primary
  TransactionalWriter deadWriter() {
    return new TransactionalWriter(Map.of(), () -> {}) {
      @Override
      public Mono<Void> open() {
        return Mono.empty();
      }

      @Override
      public Mono<Void> commit(Supplier<List<ProducerRecord<byte[], byte[]>>> records) {
        return Mono.error(new IllegalStateException("killed"));
      }
    };
  }
}
