package facesort.delivery;

import facesort.delivery.folder.FolderChannel;
import facesort.delivery.ledger.CaughtUp;
import facesort.delivery.ledger.LastRecords;
import facesort.delivery.ledger.Ledger;
import facesort.delivery.ledger.LedgerReader;
import facesort.delivery.ledger.Outbox;
import facesort.delivery.ledger.ReleaseStep;
import facesort.delivery.send.BackOff;
import facesort.delivery.send.DeliveryChannel;
import facesort.delivery.send.Dispatcher;
import facesort.delivery.telegram.RateLimits;
import facesort.delivery.telegram.Telegram;
import facesort.delivery.telegram.TelegramChannel;
import facesort.schemas.Topics;
import facesort.service.CommittedGaps;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.ObjectStore;
import facesort.service.ServiceSettings;
import facesort.service.WorkerIdentity;
import facesort.service.sql.PostgresSettings;
import facesort.service.sql.WatermarkedReader;
import io.r2dbc.pool.ConnectionPool;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.producer.Producer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** What the service is made of: it reads the four topics, keeps the ledger, sends and reports. */
@Configuration(proxyBeanMethods = false)
class DeliveryConfiguration {

  private static final Logger log = LoggerFactory.getLogger(DeliveryConfiguration.class);
  private static final int CONNECTIONS = 10;
  private static final int BATCH = 500;
  private static final Duration DATABASE_WITHIN = Duration.ofSeconds(10);

  @Bean
  WorkerIdentity identity(ServiceSettings settings) {
    return new WorkerIdentity(
        "delivery", "", settings.slot(), WorkerIdentity.versionOf(DeliveryApplication.class), "");
  }

  @Bean(destroyMethod = "dispose")
  ConnectionPool database(PostgresSettings settings) {
    return settings.pool(CONNECTIONS, DATABASE_WITHIN);
  }

  /** Where Kafka clients may wait, and files are written: a thread each. */
  @Bean(destroyMethod = "dispose")
  Scheduler blocking() {
    return Schedulers.newBoundedElastic(2, 10_000, "delivery-blocking");
  }

  @Bean(destroyMethod = "close")
  Producer<byte[], byte[]> producer(KafkaClients clients) {
    return KafkaClients.newProducer(clients.producer());
  }

  /** Completes when the service stops. */
  @Bean
  Sinks.Empty<Void> stopSignal() {
    return Sinks.empty();
  }

  @Bean
  Ledger ledger(ConnectionPool database, Clock clock, ServiceSettings settings) {
    var claimer = new Ledger.Claimer(settings.slot(), UUID.randomUUID().toString());
    return new Ledger(database, clock, claimer);
  }

  @Bean
  DeliveryChannel folderChannel(DeliverySettings settings, Clock clock) {
    return new FolderChannel(
        settings.folderRoot(),
        Schedulers.newSingle("delivery-folder", true),
        backOff(settings, clock));
  }

  /** Without a token there is no such channel, and pairs that need it wait. */
  @Bean
  @ConditionalOnExpression("'${facesort.delivery.telegram.token:}'.trim().length() > 0")
  TelegramChannel telegramChannel(DeliverySettings settings, Clock clock) {
    var telegram = settings.telegram();
    var client =
        new Telegram(
            telegram.apiUrl(),
            String.valueOf(telegram.token()).strip(),
            telegram.connectWithin(),
            telegram.answerWithin());
    return new TelegramChannel(client, limits(telegram), backOff(settings, clock));
  }

  private static RateLimits limits(DeliverySettings.Telegram telegram) {
    return telegram.limits()
        ? RateLimits.of(
            new RateLimits.Rate(telegram.perSecond(), telegram.burst()),
            new RateLimits.Rate(telegram.chatPerSecond(), telegram.chatBurst()))
        : RateLimits.none();
  }

  private static BackOff backOff(DeliverySettings settings, Clock clock) {
    return new BackOff(clock, settings.firstBackOff(), settings.longestBackOff());
  }

  @Bean
  Outbox outbox(
      ConnectionPool database,
      Events events,
      Producer<byte[], byte[]> producer,
      Scheduler blocking) {
    return new Outbox(database, events, producer, blocking);
  }

  @Bean
  CommittedGaps committedGaps(KafkaClients clients) {
    return new CommittedGaps(clients);
  }

  @Bean
  ReleaseStep releaseStep(
      ConnectionPool database,
      Clock clock,
      CommittedGaps gaps,
      Scheduler blocking,
      DeliverySettings settings) {
    var friends =
        new LastRecords(gaps, List.of(Topics.FRIEND_PROFILE, Topics.FRIEND_CONTACT), blocking);
    return new ReleaseStep(database, clock, friends, settings.expireAfter());
  }

  @Bean
  CaughtUp caughtUp(ConnectionPool database, CommittedGaps gaps, Scheduler blocking) {
    var topics = List.of(Topics.JOB_STATUS, Topics.FRIEND_PROFILE, Topics.FRIEND_CONTACT);
    return new CaughtUp(database, new LastRecords(gaps, List.copyOf(topics), blocking));
  }

  @Bean
  Dispatching dispatching(
      Ledger ledger,
      ObjectProvider<DeliveryChannel> channels,
      ObjectStore photos,
      DeliverySettings settings,
      Clock clock,
      Sinks.Empty<Void> stopSignal) {
    if (!settings.telegram().configured()) {
      log.warn("no bot token is set: deliveries by Telegram wait until there is one");
    }
    var pace = new Dispatcher.Pace(settings.albums(), settings.fetches(), settings.longestClaim());
    return new Dispatching(
        channels.stream()
            .map(channel ->
                new Dispatcher(
                    ledger, channel, photos, backOff(settings, clock), pace, stopSignal.asMono()))
            .toList());
  }

  /** One dispatcher for a channel. */
  record Dispatching(List<Dispatcher> all) {}

  @Bean
  WatermarkedReader.Setup readerSetup(
      KafkaClients clients, Events events, DeadLetters deadLetters, ConnectionPool database) {
    return new WatermarkedReader.Setup(
        LedgerReader.NAME, LedgerReader.TOPICS, BATCH, clients, events, deadLetters, database);
  }

  @Bean
  Delivery delivery(
      WatermarkedReader.Setup setup,
      Clock clock,
      ReleaseStep release,
      CaughtUp caughtUp,
      Dispatching dispatching,
      Outbox outbox,
      DeliverySettings settings,
      Sinks.Empty<Void> stopSignal) {
    return new Delivery(
        new Delivery.Parts(
            setup, new LedgerReader(clock), release, caughtUp, dispatching.all(), outbox),
        stopSignal,
        settings.stopWithin());
  }
}
