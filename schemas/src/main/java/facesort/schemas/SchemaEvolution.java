package facesort.schemas;

import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;

/**
 * Whether two versions of a schema read each other. Avro's SchemaValidatorBuilder says the same in
 * fewer words and accepts changes of enums and unions that do not.
 */
final class SchemaEvolution {

  private SchemaEvolution() {}

  /** Why the versions do not read each other, one sentence each; empty when they do. */
  static List<String> conflicts(Schema earlier, Schema later) {
    var conflicts = new ArrayList<String>();
    conflicts.addAll(conflicts("new readers of old records", later, earlier));
    conflicts.addAll(conflicts("old readers of new records", earlier, later));
    return conflicts;
  }

  /** True when the reader can read what the writer writes. */
  static boolean reads(Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getType()
        == SchemaCompatibilityType.COMPATIBLE;
  }

  private static List<String> conflicts(String who, Schema reader, Schema writer) {
    return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
        .getResult()
        .getIncompatibilities()
        .stream()
        .map(found ->
            "%s: %s at %s: %s"
                .formatted(who, found.getType(), found.getLocation(), found.getMessage()))
        .toList();
  }
}
