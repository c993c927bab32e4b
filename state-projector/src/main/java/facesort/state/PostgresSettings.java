package facesort.state;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The read model's database, below {@code facesort.postgres.}.
 *
 * @param url R2DBC address, {@code r2dbc:postgresql://host:port/database}
 * @param username user
 * @param password password of the user; from the environment or a file
 */
@ConfigurationProperties("facesort.postgres")
record PostgresSettings(@Nullable String url, String username, String password) {

  /** Refuses a missing address. */
  PostgresSettings {
    if (url == null || !url.startsWith("r2dbc:postgresql:")) {
      throw new IllegalArgumentException(
          "facesort.postgres.url must be r2dbc:postgresql://host:port/database");
    }
  }

  @Override
  public String toString() {
    return "PostgresSettings[url=%s]".formatted(url);
  }
}
