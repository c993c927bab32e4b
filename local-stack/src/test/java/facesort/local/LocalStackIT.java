package facesort.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.local.junit.LocalStackExtension;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What every part promises, asked through ordinary clients. */
@ExtendWith(LocalStackExtension.class)
class LocalStackIT {
  private final StackAddresses addresses;
  private final StackClients clients;

  LocalStackIT(StackAddresses addresses) {
    this.addresses = addresses;
    this.clients = new StackClients(addresses);
  }

  @Test
  void kafka_keepsARecord() throws Exception {
    clients.writeRecord("local-stack-it", "hello");

    assertThat(clients.readRecords("local-stack-it")).containsExactly("hello");
  }

  @Test
  void registry_asksForFullTransitiveCompatibility() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(addresses.registryUrl() + "/config")).build();

    String body = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();

    assertThat(body).contains("FULL_TRANSITIVE");
  }

  @Test
  void postgres_isVersion18AndAsksForThePassword() throws SQLException {
    try (Connection connection = clients.database();
        ResultSet version = connection.createStatement().executeQuery("show server_version_num")) {
      version.next();
      assertThat(version.getInt(1)).isBetween(180_000, 189_999);
    }
    assertThatThrownBy(() ->
            DriverManager.getConnection(addresses.jdbcUrl(), addresses.postgresUser(), "wrong"))
        .hasMessageContaining("authentication failed");
  }

  @Test
  void s3_keepsAnObjectInTheBucket() {
    try (S3Client s3 = clients.objects(addresses.s3SecretKey())) {
      s3.putObject(
          request -> request.bucket(addresses.bucket()).key("a/b.txt"),
          RequestBody.fromString("bytes"));

      assertThat(
              s3.getObjectAsBytes(request -> request.bucket(addresses.bucket()).key("a/b.txt"))
                  .asUtf8String())
          .isEqualTo("bytes");
    }
  }

  @Test
  void s3_refusesAWrongSecret() {
    try (S3Client s3 = clients.objects("wrong")) {
      assertThatThrownBy(() -> s3.listObjectsV2(request -> request.bucket(addresses.bucket())))
          .isInstanceOfSatisfying(
              S3Exception.class, failure -> assertThat(failure.statusCode()).isEqualTo(403));
    }
  }

  @Test
  void telegram_answersWithItsToken() throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create(addresses.telegramUrl() + "/bot" + addresses.telegramToken() + "/getMe"))
            .build();

    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }
}
