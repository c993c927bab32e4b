package facesort.ops.audit;

import static facesort.ops.audit.Records.match;
import static facesort.ops.audit.Records.status;
import static facesort.ops.audit.Records.task;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.ops.api.Audit;
import facesort.ops.api.Audit.Finding;
import facesort.ops.console.CommandException;
import facesort.ops.console.ExitCode;
import facesort.schemas.AvroCodec;
import facesort.schemas.CodecConfig;
import facesort.schemas.JobState;
import facesort.schemas.PhotoCounts;
import facesort.schemas.RunEnd;
import facesort.schemas.TopicCreation;
import facesort.schemas.TopicOffset;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.KafkaClients;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A recount of real topics, with marks of transactions in them. */
@ExtendWith(LocalStackExtension.class)
class TopicRecountIT {
  private static final String MATCHES = Topics.MATCH_RESULT.name();

  private final KafkaClients clients;
  private final AvroCodec codec;
  private final Events events;
  private final TopicRecount recount;

  TopicRecountIT(StackAddresses stack, @TempDir Path folder) throws Exception {
    clients = new KafkaClients(stack.bootstrapServers());
    codec =
        AvroCodec.open(
            new CodecConfig(
                URI.create(stack.registryUrl()),
                Duration.ofSeconds(10),
                folder.resolve("no-ids.json"),
                folder.resolve("learned.json"),
                true));
    events = new Events(codec);
    recount = new TopicRecount(clients, codec);
    try (Admin admin = clients.admin()) {
      TopicCreation.createMissing(admin, (short) 1);
    }
  }

  @Test
  void audit_namesThePhotoThatACopyLacks_andSaysExpiredWhenTheTopicLostIt() throws Exception {
    String job = "recount-it";
    List<RecordMetadata> matches = completedJob(job, "p1", "p2", "p3");
    assertThat(audit(job)).isEqualTo(new Audit(1, 3, 0, 0, 0, List.of()));

    copyWithout("copy", matches.get(1));
    Audit lacking = audit(job, MATCHES + "=copy");
    assertThat(lacking.unaccounted()).isEqualTo(1);
    assertThat(lacking.findings()).extracting(Finding::photoId).containsExactly("p2");

    RecordMetadata lost = matches.get(2);
    try (Admin admin = clients.admin()) {
      admin
          .deleteRecords(
              Map.of(
                  new TopicPartition(lost.topic(), lost.partition()),
                  RecordsToDelete.beforeOffset(lost.offset() + 1)))
          .all()
          .get();
    }
    Audit later = audit(job);
    assertThat(later.expired()).isPositive();
    assertThat(later.findings()).isEmpty();
  }

  @Test
  void audit_ofATopicThatIsNotThere_isNotChecked() {
    assertThatExceptionOfType(CommandException.class)
        .isThrownBy(() -> audit("any", MATCHES + "=no-such-topic"))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ExitCode.NOT_CHECKED));
  }

  private Audit audit(String job, String... used) {
    return recount.audit(Replacements.of(List.of(used)), Optional.of(job));
  }

  /** Each record in a transaction of its own: every other offset is a mark. */
  private List<RecordMetadata> completedJob(String job, String... photos) throws Exception {
    List<RecordMetadata> matches = new ArrayList<>();
    try (Producer<byte[], byte[]> producer =
        KafkaClients.newProducer(clients.transactional("recount-it"))) {
      producer.initTransactions();
      for (String photo : photos) {
        var task = task(job, photo, 0, null);
        send(producer, events.record(Topics.TASK_QUEUED, task.getTaskId(), task));
        var match = match(job, photo, 0);
        matches.add(send(producer, events.record(Topics.MATCH_RESULT, match.getTaskId(), match)));
      }
      List<TopicOffset> upto = new ArrayList<>();
      matches.forEach(at -> upto.add(new TopicOffset(MATCHES, at.partition(), at.offset() + 1)));
      int count = photos.length;
      var status =
          status(
              job,
              JobState.COMPLETED,
              0,
              new PhotoCounts(count, 0, 0, count, 0, 0, 0, 0),
              new RunEnd(0, JobState.COMPLETED, highest(upto)));
      status.put("occurred_at", java.time.Instant.now());
      send(producer, events.record(Topics.JOB_STATUS, job, status));
    }
    return matches;
  }

  private static List<TopicOffset> highest(List<TopicOffset> all) {
    return all.stream()
        .filter(at ->
            all.stream()
                .noneMatch(other ->
                    other.getPartition() == at.getPartition()
                        && other.getOffset() > at.getOffset()))
        .toList();
  }

  private static RecordMetadata send(
      Producer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record)
      throws ExecutionException, InterruptedException {
    producer.beginTransaction();
    var sent = producer.send(record);
    producer.commitTransaction();
    return sent.get();
  }

  private void copyWithout(String copy, RecordMetadata lacking) throws Exception {
    try (Admin admin = clients.admin();
        var consumer = KafkaClients.newConsumer(clients.reader());
        var producer = KafkaClients.newProducer(clients.producer())) {
      admin
          .createTopics(List.of(new NewTopic(copy, Topics.MATCH_RESULT.partitions(), (short) 1)))
          .all()
          .get();
      new TopicScan(MATCHES, consumer)
          .read(record -> {
            if (record.partition() != lacking.partition() || record.offset() != lacking.offset()) {
              var _ =
                  producer.send(
                      new ProducerRecord<>(copy, record.partition(), record.key(), record.value()));
            }
          });
      producer.flush();
    }
  }
}
