package facesort.worker.kit;

import facesort.schemas.AvroCodec;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.avro.Schema;

/** The schema of tasks with one more field, as the next version of a producer would have it. */
final class NewerSchema {
  private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*(\\d+)");

  private NewerSchema() {}

  /** Has the registry learn it for this topic; returns its id. */
  static int register(String registry, Topic<TaskQueued> topic) {
    String body = "{\"schema\":\"%s\"}".formatted(escaped(schema().toString()));
    URI versions =
        URI.create("%s/subjects/%s/versions".formatted(registry, AvroCodec.subject(topic)));
    HttpRequest request =
        HttpRequest.newBuilder(versions)
            .header("Content-Type", "application/vnd.schemaregistry.v1+json")
            .POST(BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      String answer = http.send(request, BodyHandlers.ofString()).body();
      Matcher id = ID.matcher(answer);
      if (!id.find()) {
        throw new IllegalStateException("The registry does not take the schema: " + answer);
      }
      return Integer.parseInt(id.group(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The bytes of a task in this schema: another id, and null for the field at the end. */
  static byte[] encoded(int id, byte[] task) {
    return ByteBuffer.allocate(task.length + 1).put(task).put((byte) 0).putInt(1, id).array();
  }

  private static Schema schema() {
    Schema known = TaskQueued.getClassSchema();
    List<Schema.Field> fields = new ArrayList<>();
    known.getFields().forEach(field -> fields.add(new Schema.Field(field, field.schema())));
    Schema text =
        Schema.createUnion(Schema.create(Schema.Type.NULL), Schema.create(Schema.Type.STRING));
    fields.add(
        new Schema.Field(
            "kit_newer", text, "Of the next version.", Schema.Field.NULL_DEFAULT_VALUE));
    return Schema.createRecord(
        known.getName(), known.getDoc(), known.getNamespace(), false, fields);
  }

  private static String escaped(String json) {
    return json.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
