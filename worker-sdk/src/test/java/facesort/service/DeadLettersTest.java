package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.FailureCode;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

  private final DeadLetters deadLetters = new DeadLetters("inference-detect");

  @Test
  void of_keepsBytesAndPartitionAndSaysWhereItWas() {
    var source = new ConsumerRecord<>("task.queued", 3, 42L, bytes("k"), new byte[] {0, 1, 2});

    var letter = deadLetters.of(source, why("no such object"));

    assertThat(letter.topic()).isEqualTo("task.queued-dlt");
    assertThat(letter.partition()).isEqualTo(3);
    assertThat(letter.key()).isSameAs(source.key());
    assertThat(letter.value()).isSameAs(source.value());
    assertThat(header(letter, DeadLetters.ORIGIN)).isEqualTo("task.queued-3@42");
    assertThat(header(letter, DeadLetters.CODE)).isEqualTo("SOURCE_MISSING");
    assertThat(header(letter, DeadLetters.JOB)).isEqualTo("job");
    assertThat(header(letter, DeadLetters.SERVICE)).isEqualTo("inference-detect");
    assertThat(letter.headers().lastHeader(DeadLetters.PHOTO)).isNull();
  }

  @Test
  void of_keepsTheCountOfReplays() {
    var source = new ConsumerRecord<>("task.queued", 0, 1L, bytes("k"), bytes("v"));
    source.headers().add(DeadLetters.REPLAYS, bytes("2"));

    assertThat(header(deadLetters.of(source, why("again")), DeadLetters.REPLAYS)).isEqualTo("2");
  }

  @Test
  void of_itsOwnLetterReplayedFiftyTimes_hasNoMoreHeadersThanTheFirst() {
    var source = new ConsumerRecord<>("task.queued", 0, 1L, bytes("k"), bytes("v"));
    source.headers().add("traceparent", bytes("00-1-2-01"));
    var first = deadLetters.of(source, why("again"), true);
    var letter = first;

    for (int replay = 1; replay <= 50; replay++) {
      var replayed = new ConsumerRecord<>("task.queued", 0, 1L, letter.key(), letter.value());
      letter.headers().forEach(replayed.headers()::add);
      letter = deadLetters.of(replayed, why("again"), true);
    }

    assertThat(letter.headers().toArray()).containsExactlyInAnyOrder(first.headers().toArray());
    assertThat(letter.topic()).isEqualTo(first.topic());
  }

  @Test
  void of_keepsTheMessageToOneShortLine() {
    var source = new ConsumerRecord<>("task.queued", 0, 1L, bytes("k"), bytes("v"));

    var message =
        header(deadLetters.of(source, why("a\nb" + "x".repeat(5000))), DeadLetters.MESSAGE);

    assertThat(message).startsWith("a bxx").hasSizeLessThan(1100);
  }

  @Test
  void about_takesFromTheEventWhoseItWas() {
    var cleanup = new facesort.schemas.Cleanup();
    cleanup.put("owner_id", "anna");
    cleanup.put("job_id", "job");

    assertThat(DeadLetter.about(FailureCode.INTERNAL, "no", cleanup))
        .isEqualTo(new DeadLetter(FailureCode.INTERNAL, "no", 1, "anna", "job", null, null, 0));
    assertThat(DeadLetter.about(FailureCode.UNDECODABLE, "no", null))
        .isEqualTo(DeadLetter.unattributed(FailureCode.UNDECODABLE, "no"));
  }

  private static DeadLetter why(String message) {
    return new DeadLetter(FailureCode.SOURCE_MISSING, message, 3, "anna", "job", null, "task", 1);
  }

  private static String header(ProducerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
