package facesort.schemas;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;

/** Writes the records of one topic with one id. Safe for any number of threads. */
final class RecordWriter {

  private static final int USUAL_BYTES = 512;

  private final String topic;
  private final byte[] header;
  private final SpecificDatumWriter<Object> values;

  RecordWriter(Topic<?> topic, int id) {
    this.topic = topic.name();
    header = Frame.header(id);
    values =
        new SpecificDatumWriter<>(AvroCodec.bundled(topic), SpecificData.getForClass(topic.type()));
  }

  byte[] write(Object value) {
    var bytes = new ByteArrayOutputStream(USUAL_BYTES);
    bytes.writeBytes(header);
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    try {
      values.write(value, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes every write", e);
    } catch (NullPointerException e) {
      // Avro's message is the path of the field that is missing.
      throw new IllegalArgumentException(topic + ": " + e.getMessage(), e);
    }
    return bytes.toByteArray();
  }
}
