package facesort.service.sql;

import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.spi.ConnectionFactories;
import io.r2dbc.spi.ConnectionFactoryOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * A service's database, below {@code facesort.postgres.}.
 *
 * @param url R2DBC address, {@code r2dbc:postgresql://host:port/database}
 * @param username user
 * @param password password of the user; from the environment or a file
 */
@ConfigurationProperties("facesort.postgres")
public record PostgresSettings(String url, String username, String password) {

  /** Refuses a missing address. */
  public PostgresSettings {
    if (!isPostgres(url)) {
      throw new IllegalArgumentException(
          "facesort.postgres.url must be r2dbc:postgresql://host:port/database");
    }
  }

  /** The binder gives null for what is not set. */
  private static boolean isPostgres(@Nullable String url) {
    return url != null && url.startsWith("r2dbc:postgresql:");
  }

  /** The same database for JDBC. Options behind a question mark are R2DBC's and are left out. */
  public String jdbcUrl() {
    return url.replaceFirst("^r2dbc:", "jdbc:").replaceFirst("\\?.*$", "");
  }

  /**
   * A pool that connects when it is first used; the caller disposes of it.
   *
   * @param connections most connections at once
   * @param within longest wait to connect, and for a free connection
   */
  public ConnectionPool pool(int connections, Duration within) {
    var options =
        ConnectionFactoryOptions.parse(url)
            .mutate()
            .option(ConnectionFactoryOptions.USER, username)
            .option(ConnectionFactoryOptions.PASSWORD, password)
            .option(ConnectionFactoryOptions.CONNECT_TIMEOUT, within)
            .build();
    return new ConnectionPool(
        ConnectionPoolConfiguration.builder(ConnectionFactories.get(options))
            .initialSize(0)
            .maxSize(connections)
            .maxAcquireTime(within)
            .build());
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return "PostgresSettings[url=%s]".formatted(url);
  }
}
