package facesort.delivery;

import facesort.service.ServiceConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Import;

/**
 * Albums out, once: from {@code match.result} to friends, and {@code delivery.done} for each pair.
 */
@SpringBootApplication
@EnableConfigurationProperties({DeliverySettings.class, PostgresSettings.class})
@Import(ServiceConfiguration.class)
public class DeliveryApplication {

  /** Runs until it is stopped. */
  public static void main(String[] args) {
    SpringApplication.run(DeliveryApplication.class, args);
  }
}
