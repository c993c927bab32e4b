package facesort.service;

import facesort.local.StackAddresses;
import facesort.schemas.AvroCodec;
import facesort.schemas.CodecConfig;
import facesort.schemas.TopicCreation;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import software.amazon.awssdk.services.s3.S3AsyncClient;

/** The clients of a service, on the local stack. */
public record StackClients(KafkaClients kafka, Events events, S3AsyncClient s3, ObjectStore store)
    implements AutoCloseable {

  /** Makes the topics and the clients. */
  public static StackClients on(StackAddresses stack, Path folder) throws Exception {
    var settings =
        new ServiceSettings(
            0,
            new ServiceSettings.Kafka(stack.bootstrapServers()),
            new ServiceSettings.Registry(
                URI.create(stack.registryUrl()),
                folder.resolve("ids.json"),
                folder.resolve("cache.json"),
                true),
            new ServiceSettings.Storage(
                URI.create(stack.s3Endpoint()),
                stack.s3Region(),
                stack.s3AccessKey(),
                stack.s3SecretKey(),
                stack.bucket()));
    var kafka = new KafkaClients(stack.bootstrapServers());
    try (var admin = kafka.admin()) {
      TopicCreation.createMissing(admin, (short) 1);
    }
    var registry = settings.registry();
    var codec =
        AvroCodec.open(
            new CodecConfig(
                registry.url(),
                Duration.ofSeconds(5),
                registry.idsFile(),
                registry.cacheFile(),
                true));
    var s3 = new ServiceConfiguration().s3(settings);
    return new StackClients(kafka, new Events(codec), s3, new ObjectStore(s3, stack.bucket()));
  }

  @Override
  public void close() {
    s3.close();
  }
}
