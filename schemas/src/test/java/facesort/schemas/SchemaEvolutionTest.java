package facesort.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import facesort.schemas.UndecodableException.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Collections;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;

/** Records of other versions of our schemas, read by our own. */
class SchemaEvolutionTest {

  private final CountingRegistry registry = new CountingRegistry();
  private final AvroCodec codec = new AvroCodec(SchemaIds.numbered(), registry);

  @Test
  void listWhoseEntriesHaveGrown_isReadInFull() throws IOException {
    var gallery = Records.aGallery(Collections.nCopies(2_000, Records.aReference()));
    var ours = AvroCodec.bundledText(Topics.FRIEND_GALLERY).json();
    var earlier = keeping(ours, "ReferenceAnswer", Set.of("key", "accepted", "faces"));
    assertThat(earlier.length()).isLessThan(ours.length());

    var bytes = writtenWith(earlier, Topics.FRIEND_GALLERY, gallery);

    assertThat(codec.decode(Topics.FRIEND_GALLERY, bytes)).isEqualTo(gallery);
  }

  @Test
  void newEnumSymbol_isReadAsUnknown() throws IOException {
    var ours = AvroCodec.bundledText(Topics.CLEANUP).json();
    var later = ours.replace("\"REQUESTED\"", "\"PAUSED\",\"REQUESTED\"");
    var paused = writtenWith(later, Topics.CLEANUP, Records.aCleanup());
    // REQUESTED, number 2 now, becomes number 1: PAUSED.
    assertThat(paused[Frame.LENGTH + 9]).isEqualTo((byte) 4);
    paused[Frame.LENGTH + 9] = 2;

    assertThat(codec.decode(Topics.CLEANUP, paused).getKind()).isEqualTo(CleanupKind.UNKNOWN);
  }

  @Test
  void newField_isSkipped() throws IOException {
    var ours = AvroCodec.bundledText(Topics.CLEANUP).json();
    var later =
        ours.replace(
            "\"fields\":[{\"name\":\"event_id\"",
            "\"fields\":[{\"name\":\"extra\",\"type\":\"string\",\"default\":\"x\"},"
                + "{\"name\":\"event_id\"");

    var bytes = writtenWith(later, Topics.CLEANUP, Records.aCleanup());

    assertThat(codec.decode(Topics.CLEANUP, bytes)).isEqualTo(Records.aCleanup());
  }

  @Test
  void textLongerThanTheRecord_isRefusedUnderAnotherVersionToo() {
    var ours = AvroCodec.bundledText(Topics.CLEANUP).json();
    int id = registry.holds(ours.replace("Topic cleanup", "The topic cleanup"));
    var bytes = new byte[Frame.LENGTH + 5];
    System.arraycopy(Frame.header(id), 0, bytes, 0, Frame.LENGTH);
    // 1 GiB
    System.arraycopy(
        new byte[] {(byte) 0x80, (byte) 0x80, (byte) 0x80, (byte) 0x80, 0x08},
        0,
        bytes,
        Frame.LENGTH,
        5);

    assertThatExceptionOfType(UndecodableException.class)
        .isThrownBy(() -> codec.decode(Topics.CLEANUP, bytes))
        .withMessageContaining("SystemLimitException");
  }

  @Test
  void writerSchemaWithEntriesOfNoBytes_isRefused() {
    var ours = AvroCodec.bundledText(Topics.CLEANUP).json();
    int id =
        registry.holds(
            ours.replace(
                "\"fields\":[{\"name\":\"event_id\"",
                "\"fields\":[{\"name\":\"bomb\",\"type\":{\"type\":\"array\",\"items\":\"null\"},"
                    + "\"default\":[]},{\"name\":\"event_id\""));

    assertThatExceptionOfType(UndecodableException.class)
        .isThrownBy(() -> codec.decode(Topics.CLEANUP, Frame.header(id)))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_SCHEMA));
  }

  /** The record as another version's writer frames it, with an id of its own. */
  private <V extends SpecificRecord> byte[] writtenWith(String schema, Topic<V> topic, V value)
      throws IOException {
    var writer = new Schema.Parser().parse(schema);
    var ours = new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE).encode(topic, value);
    var body =
        DecoderFactory.get().binaryDecoder(ours, Frame.LENGTH, ours.length - Frame.LENGTH, null);
    GenericRecord record =
        new GenericDatumReader<GenericRecord>(AvroCodec.bundled(topic), writer).read(null, body);
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(Frame.header(registry.holds(schema)));
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(writer).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  /** The schema of an earlier day: one of its records had only these fields. */
  private static String keeping(String schema, String record, Set<String> fields)
      throws IOException {
    var json = new ObjectMapper().readTree(schema);
    for (var type : json.findValues("items")) {
      if (type.path("name").asText().equals(record)) {
        ((ArrayNode) type.get("fields"))
            .removeIf(field -> !fields.contains(field.get("name").textValue()));
      }
    }
    return json.toString();
  }
}
