package facesort.schemas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.avro.JsonProperties;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/** House rules of all current schemas. Each rule is shown a breach, so that it can fail. */
class SchemaLintTest {

  private static final Schema BREACH =
      new Schema.Parser()
          .parse(
              """
              {"type": "record", "name": "Breach", "namespace": "facesort.schemas", "fields": [
                {"name": "undocumented", "type": "string"},
                {"name": "blob", "type": "bytes", "doc": "d"},
                {"name": "choice", "type": ["null", "int", "string"], "default": null, "doc": "d"},
                {"name": "required", "type": ["null", "int"], "doc": "d"},
                {"name": "filled", "type": ["int", "null"], "default": 1, "doc": "d"},
                {"name": "hidden", "type": {"type": "array", "items": ["null", "int"]}, "doc": "d"},
                {"name": "state", "doc": "d", "type":
                  {"type": "enum", "name": "State", "doc": "d", "symbols": ["UNKNOWN", "ON"]}},
                {"name": "mood", "doc": "d", "type": {"type": "enum", "name": "Mood", "doc": "d",
                  "symbols": ["GOOD", "UNKNOWN"], "default": "UNKNOWN"}}]}
              """);

  @Test
  void everyField_hasADoc() {
    Predicate<Schema.Field> breach = field -> field.doc() == null || field.doc().isBlank();

    assertThat(names(fields(BREACH), breach)).containsExactly("undocumented");
    assertThat(names(allFields(), breach)).isEmpty();
  }

  @Test
  void everyEnum_startsWithUnknownAndDefaultsToIt() {
    assertThat(careless(enums(BREACH))).containsExactly("State", "Mood");
    assertThat(careless(allEnums())).isEmpty();
  }

  @Test
  void everyUnion_isNullOrOneTypeAndDefaultsToNull() {
    Predicate<Schema.Field> breach =
        field ->
            field.schema().isUnion()
                ? !isOptional(field)
                : types(field.schema(), false).stream().anyMatch(Schema::isUnion);

    assertThat(names(fields(BREACH), breach))
        .containsExactly("choice", "required", "filled", "hidden");
    assertThat(names(allFields(), breach)).isEmpty();
  }

  @Test
  void tasks_carryReferencesAndNoPixels() {
    Predicate<Schema.Field> breach =
        field ->
            types(field.schema(), false).stream()
                .anyMatch(type -> type.getType() == Schema.Type.BYTES);

    assertThat(names(fields(BREACH), breach)).containsExactly("blob");
    assertThat(names(fields(AvroCodec.bundled(Topics.TASK_QUEUED)), breach)).isEmpty();
  }

  private static boolean isOptional(Schema.Field field) {
    var branches = field.schema().getTypes();
    return branches.size() == 2
        && branches.getFirst().getType() == Schema.Type.NULL
        && JsonProperties.NULL_VALUE.equals(field.defaultVal());
  }

  private static List<String> careless(List<Schema> enums) {
    return enums.stream()
        .filter(type ->
            !type.getEnumSymbols().getFirst().equals("UNKNOWN")
                || !"UNKNOWN".equals(type.getEnumDefault()))
        .map(Schema::getName)
        .toList();
  }

  private static List<String> names(List<Schema.Field> fields, Predicate<Schema.Field> breach) {
    return fields.stream().filter(breach).map(Schema.Field::name).toList();
  }

  private static List<Schema.Field> allFields() {
    var fields = Topics.ALL.stream().flatMap(topic -> fields(AvroCodec.bundled(topic)).stream());
    return seen(fields.toList());
  }

  private static List<Schema> allEnums() {
    var enums = Topics.ALL.stream().flatMap(topic -> enums(AvroCodec.bundled(topic)).stream());
    return seen(enums.toList());
  }

  private static <T> List<T> seen(List<T> things) {
    assertThat(things).hasSizeGreaterThan(Topics.ALL.size());
    return things;
  }

  private static List<Schema.Field> fields(Schema schema) {
    return types(schema, true).stream()
        .filter(type -> type.getType() == Schema.Type.RECORD)
        .flatMap(type -> type.getFields().stream())
        .toList();
  }

  private static List<Schema> enums(Schema schema) {
    return types(schema, true).stream().filter(type -> type.getType() == Schema.Type.ENUM).toList();
  }

  /** The schema and every type in it, once; a record's fields only when asked for. */
  private static List<Schema> types(Schema schema, boolean fieldsToo) {
    var found = new ArrayList<Schema>();
    collect(schema, fieldsToo, new HashSet<>(), found);
    return found;
  }

  private static void collect(
      Schema schema, boolean fieldsToo, Set<String> named, List<Schema> found) {
    var isNamed = schema.getType() == Schema.Type.RECORD || schema.getType() == Schema.Type.ENUM;
    if (isNamed && !named.add(schema.getFullName())) {
      return;
    }
    found.add(schema);
    var inner =
        switch (schema.getType()) {
          case ARRAY -> List.of(schema.getElementType());
          case MAP -> List.of(schema.getValueType());
          case UNION -> schema.getTypes();
          case RECORD ->
              fieldsToo
                  ? schema.getFields().stream().map(Schema.Field::schema).toList()
                  : List.<Schema>of();
          case ENUM, FIXED, STRING, BYTES, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL ->
              List.<Schema>of();
        };
    inner.forEach(type -> collect(type, fieldsToo, named, found));
  }
}
