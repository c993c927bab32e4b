package facesort.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.local.StackAddresses;
import facesort.local.junit.HttpRelay;
import facesort.local.junit.HttpRelay.Day;
import facesort.local.junit.LocalStackExtension;
import facesort.service.ObjectStore;
import facesort.service.OutputPrefix;
import facesort.service.StackClients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

@ExtendWith(LocalStackExtension.class)
class ResultSinkIT {

  private static StackClients clients;
  private static ResultSink sink;

  @BeforeAll
  static void connect(StackAddresses stack, @TempDir Path folder) throws Exception {
    clients = StackClients.on(stack, folder);
    sink = new ResultSink(new Storage(clients.store(), Clock.systemUTC()));
  }

  @AfterAll
  static void close() {
    clients.close();
  }

  @Test
  void find_givesTheSameRecordsBitForBit() {
    var key = key("t1", 0, "model-1");
    var bytes = new byte[300_000];
    new Random(7).nextBytes(bytes);
    var record = new ProducerRecord<>("faces.detected", new byte[] {0, -1}, bytes);
    record.headers().add(new RecordHeader("ce_id", new byte[] {1, 2})).add("empty", null);
    var tombstone = new ProducerRecord<byte[], byte[]>("friend.gallery", new byte[] {3}, null);

    sink.write(key, List.of(record, tombstone), Map.of()).block();

    var again = found(key).orElseThrow();
    assertThat(again).hasSize(2);
    assertSame(again.get(0), record);
    assertSame(again.get(1), tombstone);
  }

  @Test
  void find_tellsNoRecordsFromNoResult() {
    var key = key("t2", 0, "model-1");
    assertThat(found(key)).isEmpty();

    sink.write(key, List.of(), Map.of()).block();

    assertThat(found(key)).contains(List.of());
  }

  @Test
  void find_takesNoResultOfAnotherModelOrRun() {
    sink.write(key("t3", 0, "model-1"), List.of(), Map.of()).block();

    assertThat(found(key("t3", 0, "model-2"))).isEmpty();
    assertThat(found(key("t3", 1, "model-1"))).isEmpty();
  }

  @Test
  void write_putsReadableJsonBelowTheTasksPrefix() {
    sink.write(key("t4", 2, "hash"), List.of(), Map.of("faces", 3, "model_ms", 12.5)).block();

    var prefix = new OutputPrefix("anna", "sink-it", "t4", "detect").value();
    assertThat(text(prefix + "metrics.json")).contains("\"faces\":3").contains("\"model_ms\":12.5");
    var result = JsonMapper.shared().readTree(text(prefix + "result.json"));
    assertThat(result.get("stage").asString()).isEqualTo("detect");
    assertThat(result.get("task_id").asString()).isEqualTo("t4");
    assertThat(result.get("run").asInt()).isEqualTo(2);
    assertThat(result.get("key_hash").asString()).isEqualTo("hash");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "{}", "[]", "{\"version\":2}", "{\"version\":1,\"run\":\"x\"}"})
  void find_takesAnUnreadableResultForNone(String content) {
    var key = key("t5", 0, "hash");
    var at = new OutputPrefix("anna", "sink-it", "t5", "detect").key("result.json").value();
    clients.store().put(at, content.getBytes(StandardCharsets.UTF_8), "application/json").block();

    assertThat(found(key)).isEmpty();
  }

  @Test
  void writeAndFind_blameTheStorageThatIsAway() throws Exception {
    try (var relay = HttpRelay.to("http://127.0.0.1:1");
        var s3 = InputsIT.client(clients, relay.address())) {
      relay.have(Day.RESETS);
      var away = new Storage(new ObjectStore(s3, clients.store().bucket()), Clock.systemUTC());
      var lost = new ResultSink(away);

      assertThatThrownBy(() -> lost.find(key("t6", 0, "h")).block())
          .isInstanceOf(DependencyFailed.class);
      assertThatThrownBy(() -> lost.write(key("t6", 0, "h"), List.of(), Map.of()).block())
          .isInstanceOf(DependencyFailed.class);
      assertThat(away.dependency().lastFailure()).isNotNull();
    }
  }

  private static void assertSame(
      ProducerRecord<byte[], byte[]> actual, ProducerRecord<byte[], byte[]> expected) {
    assertThat(actual.topic()).isEqualTo(expected.topic());
    assertThat(actual.key()).isEqualTo(expected.key());
    assertThat(actual.value()).isEqualTo(expected.value());
    assertThat(actual.headers()).isEqualTo(expected.headers());
  }

  private static Optional<List<ProducerRecord<byte[], byte[]>>> found(ResultKey key) {
    return sink.find(key).blockOptional().orElseThrow();
  }

  private static ResultKey key(String taskId, int run, String hash) {
    return new ResultKey("anna", "sink-it", taskId, run, "detect", hash);
  }

  private static String text(String key) {
    var bytes = clients.store().get(key, 10_000).blockOptional().orElseThrow();
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
