package facesort.schemas;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The schema ids this process knows without asking the registry: those of the file that {@code
 * facesort schemas register} wrote, those learned earlier and kept in the cache file, and those
 * learned since. Safe for any number of threads.
 */
public final class SchemaIds {

  private static final Logger LOG = LoggerFactory.getLogger(SchemaIds.class);

  private final Map<Integer, Schema> schemas = new ConcurrentHashMap<>();
  private final Map<SubjectText, Integer> ids = new ConcurrentHashMap<>();
  private final @Nullable Path cache;

  private SchemaIds(@Nullable Path cache) {
    this.cache = cache;
  }

  /**
   * Reads both files; either may be absent, and the cache is created when something is learned.
   *
   * @param idsFile written by {@code schemas register}
   * @param cacheFile own file of this process; several processes that share one only ask the
   *     registry more often
   * @throws UncheckedIOException when a file is there and cannot be read as one
   */
  public static SchemaIds load(Path idsFile, Path cacheFile) {
    var known = new SchemaIds(cacheFile);
    // The registered ids come last: where the files differ, the cache is the older one.
    IdsFile.read(cacheFile).forEach(known::remember);
    IdsFile.read(idsFile).forEach(known::remember);
    return known;
  }

  /**
   * Numbers the bundled schemas from 1, in the order of {@link Topics#ALL}: for tests and tools
   * that keep their bytes to themselves. Nobody else can read them.
   */
  public static SchemaIds numbered() {
    var known = new SchemaIds(null);
    int id = 0;
    for (Topic<?> topic : Topics.ALL) {
      id++;
      var text = AvroCodec.bundledText(topic).json();
      known.remember(AvroCodec.subject(topic), new RegisteredSchema(1, id, text));
    }
    return known;
  }

  /** The schema of that id, when it is known. */
  Optional<Schema> schema(int id) {
    return Optional.ofNullable(schemas.get(id));
  }

  /** Id of exactly that schema under the subject, when it is known. */
  OptionalInt id(String subject, SchemaText text) {
    var id = ids.get(new SubjectText(subject, text.fingerprint()));
    return id == null ? OptionalInt.empty() : OptionalInt.of(id);
  }

  /** Remembers what the registry said, here and in the cache file. */
  void learn(String subject, RegisteredSchema learned) {
    remember(subject, learned);
    if (cache == null) {
      return;
    }
    try {
      IdsFile.add(cache, subject, learned);
    } catch (IOException | UncheckedIOException e) {
      // Only the next start is poorer: it asks the registry again.
      LOG.warn("schema id {} of {} is not kept in {}: {}", learned.id(), subject, cache, e);
    }
  }

  private void remember(String subject, RegisteredSchema registered) {
    try {
      var schema = new Schema.Parser().parse(registered.schema());
      schemas.put(registered.id(), schema);
      ids.put(new SubjectText(subject, SchemaText.of(schema).fingerprint()), registered.id());
    } catch (SchemaParseException e) {
      throw new IllegalStateException(
          "schema id " + registered.id() + " of " + subject + " is no Avro schema", e);
    }
  }

  private record SubjectText(String subject, String fingerprint) {}
}
