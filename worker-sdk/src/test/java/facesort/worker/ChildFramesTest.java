package facesort.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.schemas.FailureCode;
import facesort.service.DeadLetter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChildFramesTest {
  /** Two bytes, three, four, and one that modified UTF-8 writes in a way of its own. */
  private static final String TEXT = "größer 写真 📷 \0";

  private static final DeadLetter LETTER =
      new DeadLetter(FailureCode.CORRUPT_IMAGE, TEXT, 3, "owner", "job", "photo", "task", 2);

  static Stream<ConsumerRecord<byte[], byte[]>> records() {
    return Stream.of(
        received(TEXT.getBytes(UTF_8), new byte[100_000], header("a", "1"), header("a", "2")),
        received(new byte[0], new byte[0], header("", "")),
        received(null, null),
        received(
            null, new byte[1], new RecordHeader("nothing", (byte[]) null), header("last", TEXT)));
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("records")
  void record_comesAsItWent(ConsumerRecord<byte[], byte[]> record) throws IOException {
    byte[] frame = frame(out -> ChildFrames.write(out, record));

    DataInputStream in = stream(frame);
    ConsumerRecord<byte[], byte[]> read = ChildFrames.readRecord(in);

    assertThat(read)
        .usingRecursiveComparison()
        .ignoringFields("headers", "leaderEpoch")
        .isEqualTo(record);
    assertThat(texts(read.headers())).isEqualTo(texts(record.headers()));
    assertThat(in.read()).as("nothing is left").isEqualTo(-1);
  }

  static Stream<Answer> answers() {
    return Stream.of(
        new Answer.Publish(List.of()),
        new Answer.Publish(
            List.of(
                produced("one", TEXT.getBytes(UTF_8), new byte[70_000], header("a", "1")),
                produced(
                    "two", null, null, new RecordHeader("b", (byte[]) null), header("b", TEXT)))),
        new Answer.Refuse(LETTER),
        new Answer.Refuse(DeadLetter.unattributed(FailureCode.UNDECODABLE, "x".repeat(70_000))),
        new Answer.Skip(TEXT),
        new Answer.Failed(FailureCode.INTERNAL, TEXT, "storage", true),
        new Answer.Failed(FailureCode.DEADLINE, "", "", false),
        new Answer.OverTime());
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("answers")
  void answer_comesAsItWent(Answer answer) throws IOException {
    DataInputStream in = stream(frame(out -> ChildFrames.write(out, answer)));

    Answer read = ChildFrames.readAnswer(in);

    if (answer instanceof Answer.Publish(var records)
        && read instanceof Answer.Publish(var found)) {
      assertThat(found.stream().map(ChildFramesTest::text).toList())
          .isEqualTo(records.stream().map(ChildFramesTest::text).toList());
    } else {
      assertThat(read).isEqualTo(answer);
    }
    assertThat(in.read()).as("nothing is left").isEqualTo(-1);
  }

  @Test
  void answersAfterEachOther_areToldApart() throws IOException {
    List<Answer> all = answers().toList();
    DataInputStream in =
        stream(
            frame(out -> {
              for (Answer answer : all) {
                ChildFrames.write(out, answer);
              }
            }));

    for (Answer answer : all) {
      assertThat(ChildFrames.readAnswer(in)).hasSameClassAs(answer);
    }
    assertThat(in.read()).isEqualTo(-1);
  }

  @ParameterizedTest(name = "{index}")
  @MethodSource("answers")
  void answerOfAChildThatDied_isNoAnswer(Answer answer) throws IOException {
    byte[] whole = frame(out -> ChildFrames.write(out, answer));

    for (int length = 0; length < whole.length; length += 1 + length / 64) {
      DataInputStream cut = stream(Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> ChildFrames.readAnswer(cut))
          .as("cut after %d of %d bytes", length, whole.length)
          .isInstanceOf(EOFException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(bytes = {0, 6, -1, 'O'})
  void anotherKind_isNoAnswer(byte kind) {
    assertThatThrownBy(() -> ChildFrames.readAnswer(stream(new byte[] {kind, 0, 0, 0, 0, 0})))
        .isInstanceOf(IOException.class)
        .hasMessage("No answer of a child: " + kind);
  }

  @Test
  void unknownFailureCode_isNoAnswer() throws IOException {
    byte[] frame =
        frame(out -> {
          out.writeByte(4);
          out.writeUTF("NO_SUCH_CODE");
        });

    assertThatThrownBy(() -> ChildFrames.readAnswer(stream(frame)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NO_SUCH_CODE");
  }

  @Test
  void absurdLength_isNoAnswer() throws IOException {
    byte[] frame =
        frame(out -> {
          out.writeByte(3);
          out.writeInt(Integer.MAX_VALUE);
        });

    assertThatThrownBy(() -> ChildFrames.readAnswer(stream(frame)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("2147483647");
  }

  private interface Frame {
    void write(DataOutputStream out) throws IOException;
  }

  private static byte[] frame(Frame frame) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    frame.write(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream stream(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }

  private static Header header(String key, String value) {
    return new RecordHeader(key, value.getBytes(UTF_8));
  }

  private static ConsumerRecord<byte[], byte[]> received(
      byte @Nullable [] key, byte @Nullable [] value, Header... headers) {
    return new ConsumerRecord<>(
        "kit." + TEXT,
        7,
        Long.MAX_VALUE,
        1_700_000_000_123L,
        TimestampType.CREATE_TIME,
        key == null ? -1 : key.length,
        value == null ? -1 : value.length,
        key,
        value,
        new RecordHeaders(headers),
        Optional.of(3));
  }

  private static ProducerRecord<byte[], byte[]> produced(
      String topic, byte @Nullable [] key, byte @Nullable [] value, Header... headers) {
    return new ProducerRecord<>(topic, null, null, key, value, new RecordHeaders(headers));
  }

  private static List<String> text(ProducerRecord<byte[], byte[]> record) {
    return List.of(
        record.topic(),
        String.valueOf(record.partition()),
        Arrays.toString(record.key()),
        Arrays.toString(record.value()),
        texts(record.headers()).toString());
  }

  private static List<String> texts(Headers headers) {
    return Stream.of(headers.toArray())
        .map(header -> header.key() + "=" + Arrays.toString(header.value()))
        .toList();
  }
}
