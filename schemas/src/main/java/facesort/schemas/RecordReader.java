package facesort.schemas;

import facesort.schemas.UndecodableException.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.FastReaderBuilder;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * Reads what one writer's schema wrote into our own record of the topic. Safe for any number of
 * threads: the reader is complete before it is shared, and each call has its own decoder.
 */
final class RecordReader {

  private final DatumReader<Object> values;
  private final boolean sameSchema;

  private RecordReader(DatumReader<Object> values, boolean sameSchema) {
    this.values = values;
    this.sameSchema = sameSchema;
  }

  /**
   * @throws UndecodableException when our schema cannot read the writer's
   */
  static RecordReader of(Topic<?> topic, int id, Schema writer) {
    AvroLimits.trust(topic.type());
    var own = AvroCodec.bundled(topic);
    if (!SchemaEvolution.reads(own, writer) || hasWeightlessEntries(writer, new HashSet<>())) {
      throw new UndecodableException(
          topic.name(), Reason.WRONG_SCHEMA, "id " + id + " is " + writer.getFullName());
    }
    try {
      var model = SpecificData.getForClass(topic.type());
      return new RecordReader(
          new FastReaderBuilder(model).createDatumReader(writer, own),
          SchemaText.of(own).equals(SchemaText.of(writer)));
    } catch (IOException e) {
      throw new UncheckedIOException("schemas are in memory", e);
    }
  }

  Object read(Frame frame) {
    try {
      var decoder = decoder(frame.bytes());
      var value = values.read(null, decoder);
      if (!decoder.isEnd()) {
        throw new UndecodableException(frame.topic(), Reason.TRAILING_BYTES, "id " + frame.id());
      }
      return plain(value);
    } catch (UndecodableException e) {
      throw e;
    } catch (IOException | RuntimeException | StackOverflowError e) {
      // Avro's own message is left out: it may quote the value.
      throw new UndecodableException(
          frame.topic(),
          Reason.MALFORMED,
          "id %d, %d bytes, %s"
              .formatted(frame.id(), frame.bytes().length, e.getClass().getSimpleName()));
    }
  }

  /**
   * Avro's own lists compare by Avro's order, which knows no Instant: the records in them would
   * throw when they are compared. Ours become unmodifiable lists of Java.
   */
  private static Object plain(Object value) {
    return switch (value) {
      case List<?> list -> list.stream().map(RecordReader::plain).toList();
      case SpecificRecord record -> {
        for (var field : record.getSchema().getFields()) {
          var inner = record.get(field.pos());
          if (inner instanceof List<?> || inner instanceof SpecificRecord) {
            record.put(field.pos(), plain(inner));
          }
        }
        yield record;
      }
      default -> value;
    };
  }

  private BinaryDecoder decoder(byte[] bytes) {
    int length = bytes.length - Frame.LENGTH;
    if (sameSchema) {
      return DecoderFactory.get().binaryDecoder(bytes, Frame.LENGTH, length, null);
    }
    // Avro 1.12.2 compares the bytes left with what list entries need in the READER's schema, so
    // lists whose entries have grown since look truncated. It skips that check for a stream of
    // unknown length, which any subclass is; AvroLimits bounds what is allocated then.
    return DecoderFactory.get()
        .binaryDecoder(new ByteArrayInputStream(bytes, Frame.LENGTH, length) {}, null);
  }

  /** Entries of no bytes: a record of ten bytes could claim any number of them. */
  private static boolean hasWeightlessEntries(Schema schema, Set<String> seen) {
    return switch (schema.getType()) {
      case ARRAY ->
          GenericDatumReader.isZeroByteSchema(schema.getElementType())
              || hasWeightlessEntries(schema.getElementType(), seen);
      case MAP -> hasWeightlessEntries(schema.getValueType(), seen);
      case UNION -> schema.getTypes().stream().anyMatch(type -> hasWeightlessEntries(type, seen));
      case RECORD ->
          seen.add(schema.getFullName())
              && schema.getFields().stream()
                  .anyMatch(field -> hasWeightlessEntries(field.schema(), seen));
      case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL -> false;
    };
  }
}
