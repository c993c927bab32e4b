package facesort.e2e.interop;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;

/** Records made from their schema alone, so that no field of any topic is forgotten. */
enum AnyRecord {
  /** Every optional value is there, every list has two entries. */
  FULL,
  /** Every optional value is null, every list is empty. */
  SPARSE;

  private static final String TEXT = "Zoë 😀";
  private static final long SOME_DAY_MILLIS = 1_790_000_000_123L;

  <V extends SpecificRecord> V of(Class<V> type) throws IOException {
    var model = SpecificData.getForClass(type);
    var schema = model.getSchema(type);
    var bytes = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new GenericDatumWriter<>(schema).write(value(schema), encoder);
    encoder.flush();
    var decoder = DecoderFactory.get().binaryDecoder(bytes.toByteArray(), null);
    return new SpecificDatumReader<V>(schema, schema, model).read(null, decoder);
  }

  private Object value(Schema schema) {
    return switch (schema.getType()) {
      case RECORD -> {
        var record = new GenericData.Record(schema);
        schema.getFields().stream()
            .filter(field -> this == FULL || !field.schema().isNullable())
            .forEach(field -> record.put(field.pos(), value(field.schema())));
        yield record;
      }
      case UNION -> value(schema.getTypes().getLast());
      case ARRAY ->
          this == FULL
              ? List.of(value(schema.getElementType()), value(schema.getElementType()))
              : List.of();
      case ENUM -> new GenericData.EnumSymbol(schema, schema.getEnumSymbols().getLast());
      case STRING -> TEXT;
      case BYTES -> ByteBuffer.wrap(TEXT.getBytes(StandardCharsets.UTF_16LE));
      case INT -> Integer.MIN_VALUE;
      case LONG -> SOME_DAY_MILLIS;
      case FLOAT -> 0.1f;
      case DOUBLE -> 0.1;
      case BOOLEAN -> true;
      case MAP, FIXED, NULL -> throw new IllegalArgumentException("not in our schemas: " + schema);
    };
  }
}
