package facesort.local;

import facesort.local.process.ProcessException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where a stack answers, and what it wants to see.
 *
 * @param bootstrapServers Kafka, plain text
 * @param registryUrl root of the Confluent API, {@code .../apis/ccompat/v7}
 * @param s3Endpoint path-style, signature version 4
 * @param bucket exists
 * @param telegramUrl root of the Bot API, without {@code /bot<token>}
 */
public record StackAddresses(
    String bootstrapServers,
    String registryUrl,
    String postgresHost,
    int postgresPort,
    String postgresDatabase,
    String postgresUser,
    String postgresPassword,
    String s3Endpoint,
    String s3Region,
    String s3AccessKey,
    String s3SecretKey,
    String bucket,
    String telegramUrl,
    String telegramToken) {
  private static final String LOOPBACK = "127.0.0.1";

  /** URL for a JDBC driver, without user and password. */
  public String jdbcUrl() {
    return "jdbc:postgresql://%s:%d/%s".formatted(postgresHost, postgresPort, postgresDatabase);
  }

  /** URL for an R2DBC driver, without user and password. */
  public String r2dbcUrl() {
    return "r2dbc:postgresql://%s:%d/%s".formatted(postgresHost, postgresPort, postgresDatabase);
  }

  /**
   * The addresses of the stack kept in a data folder, running or not; empty before its first start.
   */
  public static Optional<StackAddresses> read(Path data) {
    DataFolder folder = new DataFolder(data.toAbsolutePath().normalize());
    try {
      return folder.isUsed()
          ? Optional.of(of(folder.ports(), folder.secrets(Secrets::draw)))
          : Optional.empty();
    } catch (IOException e) {
      throw new ProcessException("cannot read the stack's addresses in " + data + ": " + e, e);
    }
  }

  /**
   * The addresses named by the environment, empty unless {@code FACESORT_BOOTSTRAP_SERVERS} is set;
   * then all of them must be.
   */
  public static Optional<StackAddresses> fromEnvironment(Map<String, String> environment) {
    return environment.containsKey("FACESORT_BOOTSTRAP_SERVERS")
        ? Optional.of(external(environment))
        : Optional.empty();
  }

  private static StackAddresses external(Map<String, String> environment) {
    return new StackAddresses(
        variable(environment, "FACESORT_BOOTSTRAP_SERVERS"),
        variable(environment, "FACESORT_REGISTRY_URL"),
        variable(environment, "FACESORT_POSTGRES_HOST"),
        Integer.parseInt(variable(environment, "FACESORT_POSTGRES_PORT")),
        variable(environment, "FACESORT_POSTGRES_DATABASE"),
        variable(environment, "FACESORT_POSTGRES_USER"),
        variable(environment, "FACESORT_POSTGRES_PASSWORD"),
        variable(environment, "FACESORT_S3_ENDPOINT"),
        variable(environment, "FACESORT_S3_REGION"),
        variable(environment, "FACESORT_S3_ACCESS_KEY"),
        variable(environment, "FACESORT_S3_SECRET_KEY"),
        variable(environment, "FACESORT_S3_BUCKET"),
        variable(environment, "FACESORT_TELEGRAM_URL"),
        variable(environment, "FACESORT_TELEGRAM_TOKEN"));
  }

  private static String variable(Map<String, String> environment, String name) {
    String value = environment.get(name);
    if (value == null || value.isBlank()) {
      throw new ProcessException(
          "FACESORT_BOOTSTRAP_SERVERS is set, so " + name + " must be set too");
    }
    return value;
  }

  static StackAddresses of(Ports ports, Secrets secrets) {
    return new StackAddresses(
        LOOPBACK + ":" + ports.kafka(),
        http(ports.registry()) + "/apis/ccompat/v7",
        LOOPBACK,
        ports.postgres(),
        Postgres.DATABASE,
        Postgres.USER,
        secrets.postgresPassword(),
        http(ports.s3()),
        "us-east-1",
        secrets.s3AccessKey(),
        secrets.s3SecretKey(),
        ObjectStore.BUCKET,
        http(ports.telegram()),
        secrets.telegramToken());
  }

  /** The same with a broker from elsewhere. */
  StackAddresses withBootstrapServers(String servers) {
    return new StackAddresses(
        servers,
        registryUrl,
        postgresHost,
        postgresPort,
        postgresDatabase,
        postgresUser,
        postgresPassword,
        s3Endpoint,
        s3Region,
        s3AccessKey,
        s3SecretKey,
        bucket,
        telegramUrl,
        telegramToken);
  }

  /** Without the secrets, so that it may be logged. */
  @Override
  public String toString() {
    return "StackAddresses[kafka=%s, registry=%s, postgres=%s, s3=%s, telegram=%s]"
        .formatted(bootstrapServers, registryUrl, jdbcUrl(), s3Endpoint, telegramUrl);
  }

  private static String http(int port) {
    return "http://" + LOOPBACK + ":" + port;
  }
}
