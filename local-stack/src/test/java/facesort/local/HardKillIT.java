package facesort.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.local.process.ProcessEvent;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** The launcher is killed while the stack works; the next start has everything again. */
class HardKillIT {
  @TempDir Path data;

  @Test
  void start_afterTheLauncherWasKilled_hasTheData() throws Exception {
    Process launcher = launch();
    StackAddresses first = StackAddresses.read(data).orElseThrow();
    write(new StackClients(first));

    launcher.destroyForcibly().waitFor();

    Queue<ProcessEvent> events = new ConcurrentLinkedQueue<>();
    try (LocalStack stack = LocalStack.start(StackSettings.in(data), events::add)) {
      assertThat(stack.addresses()).isEqualTo(first);
      assertHasData(new StackClients(stack.addresses()));
    }
    assertThat(events)
        .filteredOn(event -> event instanceof ProcessEvent.OrphanStopped)
        .extracting(ProcessEvent::name)
        .containsExactlyInAnyOrder("kafka", "registry", "postgres", "s3", "telegram");
  }

  private Process launch() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            StackMain.class.getName(),
            data.toString());
    File log = data.resolve("launcher.log").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log).start();
    await()
        .atMost(Duration.ofMinutes(2))
        .until(() -> Files.exists(data.resolve("ready")) || !process.isAlive());
    assertThat(process.isAlive()).as(Files.readString(log.toPath())).isTrue();
    return process;
  }

  private static void write(StackClients clients) throws Exception {
    clients.writeRecord("kept", "record");
    try (Connection connection = clients.database();
        Statement statement = connection.createStatement()) {
      statement.execute("create table kept (value text)");
      statement.execute("insert into kept values ('row')");
    }
    try (S3Client s3 = clients.objects(clients.addresses().s3SecretKey())) {
      s3.putObject(
          request -> request.bucket(clients.addresses().bucket()).key("kept"),
          RequestBody.fromString("object"));
    }
  }

  private static void assertHasData(StackClients clients) throws SQLException {
    assertThat(clients.readRecords("kept")).containsExactly("record");
    try (Connection connection = clients.database();
        ResultSet rows = connection.createStatement().executeQuery("select value from kept")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("row");
    }
    try (S3Client s3 = clients.objects(clients.addresses().s3SecretKey())) {
      assertThat(
              s3.getObjectAsBytes(
                      request -> request.bucket(clients.addresses().bucket()).key("kept"))
                  .asUtf8String())
          .isEqualTo("object");
    }
  }
}
