package facesort.bench.projector;

import facesort.local.StackAddresses;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * A database for the read model alone, in the stack's server. While it is not created the projector
 * works without one and tries again.
 *
 * @param name of the database; no quoting is needed for it
 */
record ReadModelDatabase(StackAddresses stack, String name) {
  /** URL that the projector is told. */
  String r2dbcUrl() {
    return "r2dbc:postgresql://%s:%d/%s"
        .formatted(stack.postgresHost(), stack.postgresPort(), name);
  }

  void create() {
    try (Connection connection = connect(stack.postgresDatabase());
        PreparedStatement create = connection.prepareStatement("CREATE DATABASE " + name)) {
      create.execute();
    } catch (SQLException e) {
      throw new IllegalStateException("the database " + name + " cannot be created", e);
    }
  }

  /** Where the writer stands by partition; empty before its first rows. */
  Map<TopicPartition, Long> watermarks() {
    Map<TopicPartition, Long> places = new HashMap<>();
    try (Connection connection = connect(name)) {
      for (String schema : schemas(connection)) {
        try (PreparedStatement query =
                connection.prepareStatement(
                    "SELECT topic, kafka_partition, next_offset FROM " + schema + ".watermark");
            ResultSet rows = query.executeQuery()) {
          while (rows.next()) {
            places.put(new TopicPartition(rows.getString(1), rows.getInt(2)), rows.getLong(3));
          }
        }
      }
      return places;
    } catch (SQLException e) {
      throw new IllegalStateException("the database " + name + " cannot be read", e);
    }
  }

  private static List<String> schemas(Connection connection) throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT table_schema FROM information_schema.tables WHERE table_name = 'watermark'");
        ResultSet rows = query.executeQuery()) {
      return rows.next() ? List.of(rows.getString(1)) : List.of();
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://%s:%d/%s"
            .formatted(stack.postgresHost(), stack.postgresPort(), database),
        stack.postgresUser(),
        stack.postgresPassword());
  }

  /** Without user and password. */
  @Override
  public String toString() {
    return "ReadModelDatabase[" + name + "]";
  }
}
