package facesort.schemas;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.apache.avro.Schema;

/**
 * A schema as others see it: full, with every named type inlined, and without the notes that the
 * code generator leaves for Java.
 *
 * @param json one line of JSON
 */
record SchemaText(String json) {

  private static final String JAVA_NOTE = "avro.java.string";
  private static final ObjectMapper JSON = new ObjectMapper();

  static SchemaText of(Schema schema) {
    return new SchemaText(withoutNotes(parse(schema.toString())).toString());
  }

  /** SHA-256 of the text, hexadecimal: two schemas with the same one are the same to the letter. */
  String fingerprint() {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(json.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /** The same for people, several lines. */
  String pretty() {
    return parse(json).toPrettyString() + "\n";
  }

  private static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a schema prints as JSON", e);
    }
  }

  private static JsonNode withoutNotes(JsonNode node) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, withoutNotes(array.get(i)));
      }
    }
    if (node instanceof ObjectNode object) {
      var noted = object.remove(JAVA_NOTE) != null;
      if (noted && object.size() == 1) {
        // {"type": "string"} is "string", which is how the schema was written.
        return object.get("type");
      }
      object.properties().forEach(entry -> entry.setValue(withoutNotes(entry.getValue())));
    }
    return node;
  }
}
