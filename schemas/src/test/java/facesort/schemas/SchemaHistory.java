package facesort.schemas;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** The released versions of a topic's schema: files v1.avsc, v2.avsc and so on in its folder. */
record SchemaHistory(Path folder) {

  private static final Path ALL = Path.of("src", "main", "avro-history");

  static SchemaHistory of(Topic<?> topic) {
    return new SchemaHistory(ALL.resolve(topic.name()));
  }

  /** Oldest first. */
  List<Schema> versions() throws IOException {
    var versions = new ArrayList<Schema>();
    while (Files.exists(file(versions.size() + 1))) {
      versions.add(new Schema.Parser().parse(file(versions.size() + 1).toFile()));
    }
    return versions;
  }

  void add(SchemaText newest) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(file(versions().size() + 1), newest.pretty());
  }

  private Path file(int version) {
    return folder.resolve("v" + version + ".avsc");
  }
}
