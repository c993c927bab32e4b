package facesort.delivery;

import facesort.delivery.telegram.TelegramChannel;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.ValidationDepth;
import java.time.Duration;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** What {@code /actuator/health} says; which parts readiness needs is in application.yaml. */
@Configuration(proxyBeanMethods = false)
class DeliveryHealth {

  private static final Duration ANSWER = Duration.ofSeconds(2);

  /** The ledger's database answers. */
  @Bean
  ReactiveHealthIndicator ledgerHealthIndicator(ConnectionPool database) {
    return () ->
        Flux.usingWhen(
                database.create(),
                connection -> connection.validate(ValidationDepth.REMOTE),
                connection -> connection.close())
            .singleOrEmpty()
            .map(valid -> valid ? Health.up().build() : Health.down().build())
            .timeout(ANSWER)
            .onErrorResume(e -> Mono.just(down(e.getClass().getSimpleName())));
  }

  /** The reader gets records from Kafka into the ledger. */
  @Bean
  HealthIndicator readerHealthIndicator(Delivery delivery) {
    return () -> delivery.trouble().map(DeliveryHealth::down).orElse(Health.up().build());
  }

  /** How the bot answered last. Shown, never required: without it only its own albums wait. */
  @Bean
  HealthIndicator telegramHealthIndicator(ObjectProvider<TelegramChannel> telegram) {
    return () -> {
      var channel = telegram.getIfAvailable();
      return channel == null
          ? Health.unknown().withDetail("reply", "no bot token is set").build()
          : (channel.failing() ? Health.unknown() : Health.up())
              .withDetail("reply", channel.lastReply())
              .build();
    };
  }

  private static Health down(String why) {
    return Health.down().withDetail("trouble", why).build();
  }
}
