package facesort.schemas;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.avro.Schema;

/**
 * The file of schema ids: per subject its newest id, version and fingerprint, and every version
 * with its schema. Written whole or not at all.
 */
final class IdsFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, List<RegisteredSchema>> subjects = new TreeMap<>();

  private IdsFile() {}

  /**
   * An absent file is an empty one.
   *
   * @throws UncheckedIOException when the file is there and is not one of these
   */
  static IdsFile read(Path file) {
    var read = new IdsFile();
    try {
      if (Files.exists(file)) {
        JSON.readTree(file.toFile()).required("subjects").properties().forEach(read::readSubject);
      }
      return read;
    } catch (IOException | IllegalArgumentException e) {
      throw new UncheckedIOException(
          new IOException(file + " is no file of schema ids; delete it or write it anew", e));
    }
  }

  /** Adds one version to the file, next to what it holds. */
  static void add(Path file, String subject, RegisteredSchema version) throws IOException {
    var content = read(file);
    var versions = new ArrayList<>(content.subjects.getOrDefault(subject, List.of()));
    versions.removeIf(known -> known.id() == version.id());
    versions.add(version);
    content.subjects.put(subject, versions);
    content.write(file);
  }

  /** Writes a new file; a reader sees the old or the new one. */
  static void write(Path file, Map<String, List<RegisteredSchema>> subjects) throws IOException {
    var content = new IdsFile();
    content.subjects.putAll(subjects);
    content.write(file);
  }

  void forEach(BiConsumer<String, RegisteredSchema> action) {
    subjects.forEach(
        (subject, versions) -> versions.forEach(version -> action.accept(subject, version)));
  }

  private void readSubject(Map.Entry<String, JsonNode> subject) {
    var versions = new ArrayList<RegisteredSchema>();
    for (var version : subject.getValue().required("versions")) {
      versions.add(
          new RegisteredSchema(
              version.required("version").intValue(),
              version.required("id").intValue(),
              version.required("schema").textValue()));
    }
    subjects.put(subject.getKey(), versions);
  }

  private void write(Path file) throws IOException {
    var written = JSON.createObjectNode();
    var bySubject = written.putObject("subjects");
    subjects.forEach((subject, versions) -> write(bySubject.putObject(subject), versions));
    var folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    var fresh = Files.createTempFile(folder, file.getFileName().toString(), ".new");
    try {
      Files.writeString(fresh, written.toPrettyString() + "\n");
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(fresh);
    }
  }

  private static void write(ObjectNode subject, List<RegisteredSchema> versions) {
    var newest = versions.getLast();
    subject.put("id", newest.id());
    subject.put("version", newest.version());
    var schema = new Schema.Parser().parse(newest.schema());
    subject.put("fingerprint", SchemaText.of(schema).fingerprint());
    var list = subject.putArray("versions");
    for (var version : versions) {
      list.addObject()
          .put("version", version.version())
          .put("id", version.id())
          .put("schema", version.schema());
    }
  }
}
