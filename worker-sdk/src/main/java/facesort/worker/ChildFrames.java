package facesort.worker;

import facesort.schemas.FailureCode;
import facesort.service.DeadLetter;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * What a worker and its child say to each other: numbers big-endian, texts as modified UTF-8 or as
 * counted bytes, a null as the length -1. Both are the same build, so nothing has a version.
 */
final class ChildFrames {
  /** Begins each answer: whatever else comes is somebody's print. */
  static final int MAGIC = 0xFACE5047;

  /** Longer than any record that a broker takes. */
  private static final int LONGEST = 64 * 1024 * 1024;

  private static final int PUBLISH = 1;
  private static final int REFUSE = 2;
  private static final int SKIP = 3;
  private static final int FAILED = 4;
  private static final int OVER_TIME = 5;

  private ChildFrames() {}

  static void write(DataOutputStream out, ConsumerRecord<byte[], byte[]> record)
      throws IOException {
    out.writeUTF(record.topic());
    out.writeInt(record.partition());
    out.writeLong(record.offset());
    out.writeLong(record.timestamp());
    bytes(out, record.key());
    bytes(out, record.value());
    headers(out, record.headers());
  }

  static ConsumerRecord<byte[], byte[]> readRecord(DataInputStream in) throws IOException {
    String topic = in.readUTF();
    int partition = in.readInt();
    long offset = in.readLong();
    long timestamp = in.readLong();
    byte[] key = bytes(in);
    byte[] value = bytes(in);
    return new ConsumerRecord<>(
        topic,
        partition,
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        key == null ? -1 : key.length,
        value == null ? -1 : value.length,
        key,
        value,
        headers(in),
        Optional.empty());
  }

  static void write(DataOutputStream out, Answer answer) throws IOException {
    switch (answer) {
      case Answer.Publish(var records) -> {
        out.writeByte(PUBLISH);
        out.writeInt(records.size());
        for (ProducerRecord<byte[], byte[]> record : records) {
          out.writeUTF(record.topic());
          bytes(out, record.key());
          bytes(out, record.value());
          headers(out, record.headers());
        }
      }
      case Answer.Refuse(var why) -> {
        out.writeByte(REFUSE);
        out.writeUTF(why.code().name());
        text(out, why.message());
        out.writeInt(why.attempts());
        text(out, why.ownerId());
        text(out, why.jobId());
        text(out, why.photoId());
        text(out, why.taskId());
        text(out, why.run() == null ? null : why.run().toString());
      }
      case Answer.Skip(var why) -> {
        out.writeByte(SKIP);
        text(out, why);
      }
      case Answer.Failed(var code, var why, var dependency, var alone) -> {
        out.writeByte(FAILED);
        out.writeUTF(code.name());
        text(out, why);
        out.writeUTF(dependency);
        out.writeBoolean(alone);
      }
      case Answer.OverTime() -> out.writeByte(OVER_TIME);
    }
  }

  static Answer readAnswer(DataInputStream in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case PUBLISH -> {
        int count = in.readInt();
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          records.add(
              new ProducerRecord<>(in.readUTF(), null, null, bytes(in), bytes(in), headers(in)));
        }
        yield new Answer.Publish(records);
      }
      case REFUSE ->
          new Answer.Refuse(
              new DeadLetter(
                  FailureCode.valueOf(in.readUTF()),
                  String.valueOf(text(in)),
                  in.readInt(),
                  text(in),
                  text(in),
                  text(in),
                  text(in),
                  number(text(in))));
      case SKIP -> new Answer.Skip(String.valueOf(text(in)));
      case FAILED ->
          new Answer.Failed(
              FailureCode.valueOf(in.readUTF()),
              String.valueOf(text(in)),
              in.readUTF(),
              in.readBoolean());
      case OVER_TIME -> new Answer.OverTime();
      default -> throw new IOException("No answer of a child: " + kind);
    };
  }

  private static void headers(DataOutputStream out, Headers headers) throws IOException {
    Header[] all = headers.toArray();
    out.writeInt(all.length);
    for (Header header : all) {
      out.writeUTF(header.key());
      bytes(out, header.value());
    }
  }

  private static Headers headers(DataInputStream in) throws IOException {
    RecordHeaders headers = new RecordHeaders();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      headers.add(in.readUTF(), bytes(in));
    }
    return headers;
  }

  private static void text(DataOutputStream out, @Nullable String text) throws IOException {
    bytes(out, text == null ? null : text.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String text(DataInputStream in) throws IOException {
    byte[] bytes = bytes(in);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  private static @Nullable Integer number(@Nullable String text) {
    return text == null ? null : Integer.valueOf(text);
  }

  private static void bytes(DataOutputStream out, byte @Nullable [] bytes) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  private static byte @Nullable [] bytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    if (length > LONGEST) {
      throw new IOException("%d bytes are more than anybody writes".formatted(length));
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
