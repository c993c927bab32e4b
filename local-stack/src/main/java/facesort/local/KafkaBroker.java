package facesort.local;

import facesort.local.process.ProcessSpec;
import facesort.local.process.ReadyCheck;
import facesort.local.process.StopSignal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;

/** Apache Kafka, broker and controller in one process, on loopback without encryption. */
record KafkaBroker(ProjectHome home, DataFolder data, Ports ports) implements Component {

  @Override
  public ProcessSpec prepare() throws IOException, InterruptedException {
    Path folder = data.folder("kafka");
    Path settings = folder.resolve("server.properties");
    Files.writeString(settings, settings(folder.resolve("log")));
    if (!Files.exists(folder.resolve("log/meta.properties"))) {
      format(folder, settings);
    }
    return ProcessSpec.of(
            "kafka",
            java(256).main(classPath(), "kafka.Kafka", settings.toString()),
            folder,
            ReadyCheck.logLine("Kafka Server started"))
        .withStop(StopSignal.TERM, Duration.ofSeconds(20));
  }

  private void format(Path folder, Path settings) throws IOException, InterruptedException {
    OneShot.run(
        "formatting Kafka's log folder",
        java(128)
            .quickStart()
            .main(
                classPath(),
                "kafka.tools.StorageTool",
                "format",
                "--ignore-formatted",
                "--cluster-id=" + clusterId(),
                "--config=" + settings),
        folder,
        data.log("kafka-format"));
  }

  private static JavaCommand java(int heapMebibytes) {
    return JavaCommand.withHeap(heapMebibytes)
        .flags(
            "-Dorg.slf4j.simpleLogger.showDateTime=true",
            "-Dorg.slf4j.simpleLogger.dateTimeFormat=yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
  }

  private String classPath() {
    return home.built("local-stack/kafka/target/lib") + "/*";
  }

  /** May begin with a dash: it is passed as {@code --cluster-id=ID}, never as a word of its own. */
  private static String clusterId() {
    UUID id = UUID.randomUUID();
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private String settings(Path logFolder) {
    return """
    process.roles=broker,controller
    node.id=1
    controller.quorum.voters=1@127.0.0.1:%2$d
    listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
    advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
    listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
    controller.listener.names=CONTROLLER
    inter.broker.listener.name=PLAINTEXT
    log.dirs=%3$s
    # One broker: nothing can be replicated.
    default.replication.factor=1
    min.insync.replicas=1
    offsets.topic.replication.factor=1
    transaction.state.log.replication.factor=1
    transaction.state.log.min.isr=1
    share.coordinator.state.topic.replication.factor=1
    share.coordinator.state.topic.min.isr=1
    offsets.topic.num.partitions=4
    transaction.state.log.num.partitions=4
    share.coordinator.state.topic.num.partitions=4
    # Topics come from the catalogue, never from a typing error.
    auto.create.topics.enable=false
    # Longer than any topic is kept: a group that paused does not lose its place.
    offsets.retention.minutes=129600
    log.retention.hours=168
    transaction.max.timeout.ms=900000
    # How often transactions beyond their timeout are looked for: readers wait for them.
    transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
    # Quick starts, also after a hard kill.
    group.initial.rebalance.delay.ms=0
    broker.session.timeout.ms=2000
    broker.heartbeat.interval.ms=500
    # Small memory.
    log.cleaner.dedupe.buffer.size=2097152
    num.network.threads=2
    num.io.threads=4
    """
        .formatted(ports.kafka(), ports.kafkaController(), logFolder);
  }
}
