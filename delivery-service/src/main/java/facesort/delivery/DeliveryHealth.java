package facesort.delivery;

import facesort.delivery.telegram.TelegramChannel;
import facesort.service.sql.DatabaseHealth;
import io.r2dbc.pool.ConnectionPool;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What {@code /actuator/health} says; which parts readiness needs is in application.yaml. */
@Configuration(proxyBeanMethods = false)
class DeliveryHealth {

  /** The ledger's database answers. */
  @Bean
  DatabaseHealth ledgerHealthIndicator(ConnectionPool database) {
    return new DatabaseHealth(database);
  }

  /** The reader gets records from Kafka into the ledger. */
  @Bean
  HealthIndicator readerHealthIndicator(Delivery delivery) {
    return () ->
        delivery
            .trouble()
            .map(why -> Health.down().withDetail("trouble", why).build())
            .orElseGet(() -> Health.up().build());
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
}
