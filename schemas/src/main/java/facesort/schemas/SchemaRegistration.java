package facesort.schemas;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;

/** Compares the bundled schemas with the registry's, and registers them. */
public final class SchemaRegistration {

  /** What was found about one subject. */
  public sealed interface Verdict {

    /** The registry's name for a topic's values. */
    String subject();

    /**
     * Our schema and every registered version read each other.
     *
     * @param versions how many are registered; 0 for a new subject
     */
    record Compatible(String subject, int versions) implements Verdict {}

    /**
     * Our schema and a registered version do not read each other.
     *
     * @param reasons one sentence each, with the version's number
     */
    record Incompatible(String subject, List<String> reasons) implements Verdict {}
  }

  private final RegistryClient registry;

  /** Over that registry; nothing is asked yet. */
  public SchemaRegistration(RegistryClient registry) {
    this.registry = registry;
  }

  /**
   * Compares the schema of every topic with every version in the registry, both ways. Changes
   * nothing, and does not rely on the registry's own compatibility setting.
   *
   * @throws RegistryUnavailableException when the registry does not answer
   */
  public List<Verdict> check() {
    return Topics.ALL.stream().map(this::check).toList();
  }

  /**
   * Checks, and when all subjects are compatible registers them, makes the registry refuse
   * incompatible versions from now on (FULL_TRANSITIVE per subject), and writes the file of ids.
   * With one incompatible subject nothing is registered or written. Running it again changes
   * nothing.
   *
   * @throws RegistryUnavailableException when the registry does not answer; run it again
   * @throws IOException when the file cannot be written
   */
  public List<Verdict> register(Path idsFile) throws IOException {
    var verdicts = check();
    if (verdicts.stream().allMatch(Verdict.Compatible.class::isInstance)) {
      Map<String, List<RegisteredSchema>> subjects = new LinkedHashMap<>();
      for (Topic<?> topic : Topics.ALL) {
        subjects.put(AvroCodec.subject(topic), register(topic));
      }
      IdsFile.write(idsFile, subjects);
    }
    return verdicts;
  }

  private Verdict check(Topic<?> topic) {
    var subject = AvroCodec.subject(topic);
    var versions = registry.versions(subject);
    var reasons = new ArrayList<String>();
    for (var version : versions) {
      var earlier = new Schema.Parser().parse(version.schema());
      for (var conflict : SchemaEvolution.conflicts(earlier, AvroCodec.bundled(topic))) {
        reasons.add("version " + version.version() + ", " + conflict);
      }
    }
    return reasons.isEmpty()
        ? new Verdict.Compatible(subject, versions.size())
        : new Verdict.Incompatible(subject, List.copyOf(reasons));
  }

  private List<RegisteredSchema> register(Topic<?> topic) {
    var subject = AvroCodec.subject(topic);
    registry.register(subject, AvroCodec.bundledText(topic).json());
    registry.requireFullTransitive(subject);
    return registry.versions(subject);
  }
}
