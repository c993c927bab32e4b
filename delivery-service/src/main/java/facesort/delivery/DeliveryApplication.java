package facesort.delivery;

import facesort.service.ServiceConfiguration;
import facesort.service.sql.PostgresSettings;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;
import reactor.core.scheduler.Schedulers;

/**
 * Albums out, once: from {@code match.result} to friends, and {@code delivery.done} for each pair.
 */
@SpringBootApplication
@EnableConfigurationProperties({DeliverySettings.class, PostgresSettings.class})
@Import(ServiceConfiguration.class)
public class DeliveryApplication {

  /** Exit code that the supervisor answers with a restart. */
  private static final int BROKEN = 70;

  /** Runs until it is stopped. */
  public static void main(String[] args) {
    // Reactor ends a loop at such an error without telling its subscriber: better a fresh process.
    Schedulers.onHandleError((thread, error) -> {
      if (error instanceof LinkageError) {
        Runtime.getRuntime().halt(BROKEN);
      }
    });
    SpringApplication.run(DeliveryApplication.class, args);
  }
}
