package facesort.schemas;

import facesort.schemas.UndecodableException.Reason;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaParseException;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * The one way between records and bytes: Confluent's wire format, that is a zero byte, the schema's
 * id in four bytes, most significant first, and the record in Avro binary.
 *
 * <p>The bundled schemas and known ids do without the registry; it is asked only for an id or a
 * schema that is in neither file, and then the calling thread waits. Safe for any number of
 * threads.
 */
public final class AvroCodec {

  static {
    AvroLimits.install();
  }

  private final SchemaIds ids;
  private final SchemaRegistry registry;
  private final boolean autoRegister;
  private final Map<String, RecordWriter> writers = new ConcurrentHashMap<>();
  private final Map<TopicAndId, RecordReader> readers = new ConcurrentHashMap<>();

  /** A codec over ids that are at hand; never registers a schema. */
  public AvroCodec(SchemaIds ids, SchemaRegistry registry) {
    this(ids, registry, false);
  }

  private AvroCodec(SchemaIds ids, SchemaRegistry registry, boolean autoRegister) {
    this.ids = ids;
    this.registry = registry;
    this.autoRegister = autoRegister;
  }

  /** The codec of a service; the registry need not be up. */
  public static AvroCodec open(CodecConfig config) {
    var ids = SchemaIds.load(config.idsFile(), config.cacheFile());
    var registry = new RegistryClient(config.registry(), config.timeout());
    return config.autoRegister() ? registering(ids, registry) : new AvroCodec(ids, registry);
  }

  /** Registers a schema of ours that the registry lacks: local stack and tests only. */
  static AvroCodec registering(SchemaIds ids, SchemaRegistry registry) {
    return new AvroCodec(ids, registry, true);
  }

  /** The registry's name for the topic's values. */
  public static String subject(Topic<?> topic) {
    return topic.name() + "-value";
  }

  /**
   * Bytes of the record for that topic.
   *
   * @throws IllegalArgumentException when the record is incomplete
   * @throws IllegalStateException when the registry lacks our schema and registering is off
   * @throws RegistryUnavailableException when the id of our schema is unknown and the registry does
   *     not answer
   */
  public <V extends SpecificRecord> byte[] encode(Topic<V> topic, V value) {
    return writer(topic).write(value);
  }

  /**
   * The record in the bytes, in the shape of our own schema whatever version wrote it.
   *
   * @throws UndecodableException when no retry can read it
   * @throws RegistryUnavailableException when it was written with an unknown id and the registry
   *     does not answer
   */
  public <V extends SpecificRecord> V decode(Topic<V> topic, byte @Nullable [] bytes) {
    var framed = Frame.of(topic.name(), bytes);
    return topic.type().cast(reader(topic, framed.id()).read(framed));
  }

  /** {@link #encode} as Kafka wants it; null stays null: a tombstone. */
  public <V extends SpecificRecord> Serializer<V> serializer(Topic<V> topic) {
    return (name, value) -> value == null ? null : encode(topic, value);
  }

  /**
   * For producers of several topics: the topic is found by its name.
   *
   * @throws IllegalArgumentException on use, when the catalogue has no such topic or it takes
   *     another type
   */
  public Serializer<SpecificRecord> serializer() {
    return (name, value) -> value == null ? null : encodeFor(name, value);
  }

  /** {@link #decode} as Kafka wants it; null stays null: a tombstone. */
  public <V extends SpecificRecord> Deserializer<V> deserializer(Topic<V> topic) {
    return (name, bytes) -> bytes == null ? null : decode(topic, bytes);
  }

  /**
   * Both, bound to the topic's schema: inner topics of Kafka Streams that hold the same records
   * need no subject of their own.
   */
  public <V extends SpecificRecord> Serde<V> serde(Topic<V> topic) {
    return Serdes.serdeFrom(serializer(topic), deserializer(topic));
  }

  static Schema bundled(Topic<?> topic) {
    return SpecificData.get().getSchema(topic.type());
  }

  static SchemaText bundledText(Topic<?> topic) {
    return SchemaText.of(bundled(topic));
  }

  private byte[] encodeFor(String name, SpecificRecord value) {
    var topic =
        Topics.named(name)
            .orElseThrow(() -> new IllegalArgumentException("no topic of the contract: " + name));
    if (!topic.type().isInstance(value)) {
      throw new IllegalArgumentException(
          "%s takes %s, not %s"
              .formatted(name, topic.type().getSimpleName(), value.getClass().getSimpleName()));
    }
    return writer(topic).write(value);
  }

  private RecordWriter writer(Topic<?> topic) {
    var known = writers.get(topic.name());
    if (known != null) {
      return known;
    }
    var writer = new RecordWriter(topic, idOfBundled(topic));
    writers.put(topic.name(), writer);
    return writer;
  }

  private int idOfBundled(Topic<?> topic) {
    var subject = subject(topic);
    var text = bundledText(topic);
    var known = ids.id(subject, text);
    if (known.isPresent()) {
      return known.getAsInt();
    }
    int id = autoRegister ? registry.register(subject, text.json()) : registered(subject, text);
    ids.learn(subject, new RegisteredSchema(0, id, text.json()));
    return id;
  }

  private int registered(String subject, SchemaText text) {
    return registry
        .find(subject, text.json())
        .orElseThrow(() ->
            new IllegalStateException(
                "the registry lacks our schema of " + subject + ": run facesort schemas register"));
  }

  private RecordReader reader(Topic<?> topic, int id) {
    var key = new TopicAndId(topic.name(), id);
    var known = readers.get(key);
    if (known != null) {
      return known;
    }
    var writer = ids.schema(id).orElseGet(() -> learn(topic, id));
    var reader = RecordReader.of(topic, id, writer);
    readers.put(key, reader);
    return reader;
  }

  private Schema learn(Topic<?> topic, int id) {
    // Ids start at 1: the registry is not asked about what cannot be one.
    Optional<String> text = id > 0 ? registry.schema(id) : Optional.empty();
    var json =
        text.orElseThrow(
            () -> new UndecodableException(topic.name(), Reason.UNKNOWN_SCHEMA_ID, "id " + id));
    try {
      var schema = new Schema.Parser().parse(json);
      ids.learn(subject(topic), new RegisteredSchema(0, id, json));
      return schema;
    } catch (SchemaParseException e) {
      throw new UndecodableException(
          topic.name(), Reason.WRONG_SCHEMA, "id " + id + " is no Avro schema");
    }
  }

  private record TopicAndId(String topic, int id) {}
}
