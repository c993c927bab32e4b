package facesort.schemas.wrong;

import org.apache.flink.avro.registry.confluent.shaded.io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;

/** Breaks: the registry client is one class. */
public record UsesRegistryClient(SchemaRegistryClient client) {}
