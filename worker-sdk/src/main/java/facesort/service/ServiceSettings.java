package facesort.service;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings that every service has, below {@code facesort.}; checked when the service starts.
 *
 * @param slot number of this instance among those of its service and role, from 0; no two may have
 *     the same; where transactions or static members are used the newer fences the older
 * @param kafka the broker
 * @param registry the schema registry
 * @param storage the object store; null for a service that reads no object
 */
@ConfigurationProperties("facesort")
public record ServiceSettings(
    @DefaultValue("0") int slot, Kafka kafka, Registry registry, @Nullable Storage storage) {

  /** Refuses a negative slot. */
  public ServiceSettings {
    require(slot >= 0, "facesort.slot", slot, "a number from 0");
  }

  /**
   * The broker.
   *
   * @param bootstrapServers host:port list
   */
  public record Kafka(String bootstrapServers) {

    /** Refuses an empty address. */
    public Kafka {
      require(
          bootstrapServers != null && bootstrapServers.contains(":"),
          "facesort.kafka.bootstrap-servers",
          bootstrapServers,
          "host:port, more separated by commas");
    }
  }

  /**
   * The schema registry.
   *
   * @param url base of its Confluent-compatible interface
   * @param idsFile ids of the bundled schemas as {@code schemas register} wrote them; with it no
   *     known schema needs the registry; need not exist
   * @param cacheFile where ids learned from the registry are kept; need not exist
   * @param autoRegister true registers a schema that the registry does not have: for tests and the
   *     local stack
   */
  public record Registry(
      URI url,
      @DefaultValue(".facesort/schema-ids.json") Path idsFile,
      @DefaultValue(".facesort/schema-cache.json") Path cacheFile,
      @DefaultValue("false") boolean autoRegister) {

    /** Refuses a missing address. */
    public Registry {
      require(url != null, "facesort.registry.url", url, "the registry's address");
    }
  }

  /**
   * The object store.
   *
   * @param endpoint address of an S3 interface; null = the provider's own by region
   * @param region region name
   * @param accessKey access key id; from the environment or a file, never from a topic
   * @param secretKey secret of that key
   * @param bucket the one bucket of this installation
   */
  public record Storage(
      @Nullable URI endpoint,
      @DefaultValue("us-east-1") String region,
      String accessKey,
      String secretKey,
      @DefaultValue("facesort") String bucket) {

    /** Refuses missing keys without repeating them. */
    public Storage {
      require(accessKey != null && !accessKey.isBlank(), "facesort.storage.access-key", "", "set");
      require(secretKey != null && !secretKey.isBlank(), "facesort.storage.secret-key", "", "set");
    }

    @Override
    public String toString() {
      return "Storage[endpoint=%s, region=%s, bucket=%s]".formatted(endpoint, region, bucket);
    }
  }

  private static void require(boolean holds, String key, @Nullable Object given, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s is '%s', it must be %s".formatted(key, given, allowed));
    }
  }
}
