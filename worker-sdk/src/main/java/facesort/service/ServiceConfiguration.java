package facesort.service;

import facesort.schemas.AvroCodec;
import facesort.schemas.CodecConfig;
import java.time.Clock;
import java.time.Duration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.http.client.ReactorResourceFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The beans of every service. The service itself adds a {@link WorkerIdentity}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ServiceSettings.class)
public class ServiceConfiguration {

  private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(5);

  /** Refuses settings that nobody reads; static, since it comes before all other beans. */
  @Bean
  static KnownSettings knownSettings(ConfigurableEnvironment environment) {
    return new KnownSettings(environment);
  }

  /**
   * The threads of HTTP servers and clients. When they are stopped every request has been answered:
   * to wait for more would only make each end of a service two seconds longer.
   */
  @Bean
  ReactorResourceFactory reactorResources() {
    ReactorResourceFactory resources = new ReactorResourceFactory();
    resources.setShutdownQuietPeriod(Duration.ZERO);
    return resources;
  }

  /** The system's clock, in UTC. */
  @Bean
  public Clock clock() {
    return Clock.systemUTC();
  }

  /** The one codec of the process. */
  @Bean
  public AvroCodec codec(ServiceSettings settings) {
    var registry = settings.registry();
    return AvroCodec.open(
        new CodecConfig(
            registry.url(),
            REGISTRY_TIMEOUT,
            registry.idsFile(),
            registry.cacheFile(),
            registry.autoRegister()));
  }

  /** Events over that codec, in the name of this service. */
  @Bean
  public Events events(AvroCodec codec, WorkerIdentity who) {
    return new Events(codec, who.service());
  }

  /** Settings of Kafka clients. */
  @Bean
  public KafkaClients kafkaClients(ServiceSettings settings) {
    return new KafkaClients(settings.kafka().bootstrapServers());
  }

  /** Dead letters in the name of this service. */
  @Bean
  public DeadLetters deadLetters(WorkerIdentity who) {
    return new DeadLetters(who.name());
  }

  /** Its sign of life. */
  @Bean
  public Heartbeat heartbeat(WorkerIdentity who, Events events, KafkaClients clients, Clock clock) {
    return new Heartbeat(who, events, clients, clock);
  }

  /** The object store's client; path-style, since a bucket needs no name of its own on a host. */
  @Lazy
  @Bean(destroyMethod = "close")
  public S3AsyncClient s3(ServiceSettings settings) {
    return s3(settings, AwsRetryStrategy.standardRetryStrategy());
  }

  static S3AsyncClient s3(ServiceSettings settings, RetryStrategy retries) {
    var storage = storage(settings);
    return S3AsyncClient.builder()
        .region(Region.of(storage.region()))
        .endpointOverride(storage.endpoint())
        .forcePathStyle(storage.endpoint() != null)
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(storage.accessKey(), storage.secretKey())))
        .overrideConfiguration(client -> client.retryStrategy(retries))
        // Other S3 servers than AWS refuse trailing checksums.
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
        .httpClientBuilder(new StorageConnections.Builder())
        .build();
  }

  /** The bucket. */
  @Lazy
  @Bean
  public ObjectStore objectStore(S3AsyncClient s3, ServiceSettings settings) {
    return new ObjectStore(s3, storage(settings).bucket());
  }

  static ServiceSettings.Storage storage(ServiceSettings settings) {
    if (settings.storage() == null) {
      throw new IllegalStateException(
          "facesort.storage.access-key and .secret-key are missing: this service reads photos");
    }
    return settings.storage();
  }
}
