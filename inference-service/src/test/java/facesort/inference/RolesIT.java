package facesort.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import facesort.inference.image.TestPhotos;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Consent;
import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.GalleryState;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.Lane;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchedFace;
import facesort.schemas.ObjectRef;
import facesort.schemas.PartitionOffset;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.KafkaClients;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.worker.kit.Tasks;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** Photos in the bucket and tasks in, match results out. */
@ExtendWith(LocalStackExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class RolesIT {
  private static final String OWNER = "roles-it";
  private static final String OTHER_OWNER = "roles-it-profiles";
  private static final long VERSION = 1;

  private final TestStack stack;
  private final ObjectStore bucket;

  RolesIT(StackAddresses addresses, @TempDir Path folder) throws Exception {
    stack = new TestStack(addresses, folder);
    stack.start("enroll");
    stack.start("match");
    ConfigurableApplicationContext detect = stack.start("detect");
    bucket = detect.getBean(ObjectStore.class);
  }

  @AfterAll
  void stop() {
    stack.close();
  }

  @Test
  void friends_areFoundOnTheirPhotos_andBadPhotosAreSetAside() throws Exception {
    String job = "journey";
    // The person on the right of sample1 is in the middle of sample3; who stands left of her is
    // not.
    enroll("rita", TestPhotos.crop(1, 1385, 157, 374, 354));
    enroll("sam", TestPhotos.crop(1, 758, 358, 356, 371));
    queue(job, "both", TestPhotos.sample(1));
    queue(job, "one", TestPhotos.sample(3));
    queue(job, "nobody", TestPhotos.jpeg(TestPhotos.meadow(800, 600)));
    queue(job, "cut", TestPhotos.cut(TestPhotos.sample(2), 60_000));
    queue(job, "text", "no photo".getBytes(StandardCharsets.US_ASCII));
    send(task(job, "gone", ref("owners/" + OWNER + "/jobs/" + job + "/photos/gone")));
    send(task(job, "foreign", ref("owners/somebody/jobs/x/photos/y")));

    Map<String, MatchResult> results = results(job, 3);
    Map<String, String> letters = deadLetters(Topics.TASK_QUEUED_INTERACTIVE, job, 4);

    assertThat(results).containsOnlyKeys("both", "one", "nobody");
    assertThat(friends(results, "both")).containsExactlyInAnyOrder("rita", "sam");
    assertThat(friends(results, "one")).containsExactly("rita");
    assertThat(result(results, "both").getFaces()).hasSize(3);
    assertThat(result(results, "nobody").getFaces()).isEmpty();
    assertThat(result(results, "one").getComparedFriends()).isEqualTo(2);
    assertThat(results.values()).noneMatch(MatchResult::getGalleryLate);
    assertThat(letters)
        .isEqualTo(
            Map.of(
                "cut", "TRUNCATED_IMAGE",
                "text", "UNSUPPORTED_TYPE",
                "gone", "SOURCE_MISSING",
                "foreign", "SOURCE_FORBIDDEN"));
  }

  @Test
  void settledAndCancelledTasks_areNotStarted() throws Exception {
    String job = "stopped";
    TaskQueued settled = queued(job, "copy", TestPhotos.sample(1));
    settled = TaskQueued.newBuilder(settled).setSettled(FailureCode.DUPLICATE).build();
    stack.send(
        Topics.JOB_CONTROL,
        job,
        JobControl.newBuilder()
            .setEventId("cancel")
            .setOccurredAt(Instant.now())
            .setJobId(job)
            .setOwnerId(OWNER)
            .setCommand(JobCommand.CANCEL)
            .build());
    // The promise is about two seconds after the command.
    await().pollDelay(Duration.ofSeconds(2)).until(() -> true);
    TaskQueued first = queued(job, "first", TestPhotos.sample(1));
    TaskQueued again = TaskQueued.newBuilder(first).setRun(1).build();

    // One partition: what is read last has seen all the others.
    for (TaskQueued task : List.of(settled, first, again)) {
      ProducerRecord<byte[], byte[]> record =
          stack.events().record(Topics.TASK_QUEUED, task.getTaskId(), task);
      stack.send(new ProducerRecord<>(record.topic(), 0, record.key(), record.value()));
    }
    List<MatchResult> results =
        stack.await(Topics.MATCH_RESULT, 1, result -> result.getJobId().equals(job));

    assertThat(results).extracting(MatchResult::getRun).containsExactly(1);
  }

  @Test
  void undecodableTask_isSetAsideWithItsBytes() {
    byte[] bytes = {0, 1, 2, 3};
    stack.send(
        new ProducerRecord<>(
            Topics.TASK_QUEUED.name(), "odd".getBytes(StandardCharsets.US_ASCII), bytes));

    ConsumerRecord<byte[], byte[]> letter =
        stack
            .records(
                Topics.TASK_QUEUED.deadLetters(),
                1,
                record -> new String(record.key(), StandardCharsets.US_ASCII).equals("odd"))
            .getFirst();

    assertThat(letter.value()).isEqualTo(bytes);
    assertThat(header(letter, DeadLetters.CODE)).isEqualTo("UNDECODABLE");
    assertThat(header(letter, DeadLetters.SERVICE)).isEqualTo("inference-detect");
  }

  @Test
  void everyProfile_isAnswered() throws Exception {
    ObjectRef group = reference(OTHER_OWNER, "group", TestPhotos.sample(1));
    ObjectRef empty =
        reference(OTHER_OWNER, "meadow", TestPhotos.jpeg(TestPhotos.meadow(300, 300)));
    ObjectRef good = reference(OTHER_OWNER, "good", TestPhotos.crop(1, 758, 358, 356, 371));
    profile(OTHER_OWNER, "silent", false, false, List.of(good));
    profile(OTHER_OWNER, "gone", true, true, List.of(good));
    profile(OTHER_OWNER, "none", true, false, List.of());
    profile(OTHER_OWNER, "group", true, false, List.of(group, empty));
    profile(OTHER_OWNER, "mixed", true, false, List.of(empty, good));

    Map<String, FriendGallery> answers =
        List.of("silent", "gone", "none", "group", "mixed").stream()
            .collect(Collectors.toMap(friend -> friend, this::answer));

    assertThat(code(answers, "silent")).isEqualTo(FailureCode.NO_CONSENT);
    assertThat(code(answers, "gone")).isEqualTo(FailureCode.ERASED);
    assertThat(code(answers, "none")).isEqualTo(FailureCode.NO_REFERENCE);
    assertThat(code(answers, "group")).isEqualTo(FailureCode.MULTIPLE_FACES);
    FriendGallery mixed = Objects.requireNonNull(answers.get("mixed"));
    assertThat(mixed.getState()).isEqualTo(GalleryState.ACCEPTED);
    assertThat(mixed.getExemplars()).hasSize(1);
    assertThat(mixed.getReferences().getFirst().getCode()).isEqualTo(FailureCode.NO_FACE);
    assertThat(mixed.getReferences().get(1).getAccepted()).isTrue();
  }

  @Test
  void everyVersionOfAProfile_isAnswered() {
    for (long version = 1; version <= 3; version++) {
      profile(OTHER_OWNER, "changing", version, version == 2, false, List.of());
    }

    List<FriendGallery> answers =
        stack.await(Topics.FRIEND_GALLERY, 3, gallery -> gallery.getFriendId().equals("changing"));

    assertThat(answers)
        .extracting(FriendGallery::getProfileVersion, FriendGallery::getCode)
        .containsExactly(
            tuple(1L, FailureCode.NO_CONSENT),
            tuple(2L, FailureCode.NO_REFERENCE),
            tuple(3L, FailureCode.NO_CONSENT));
  }

  private void enroll(String friend, byte[] photo) {
    profile(OWNER, friend, true, false, List.of(reference(OWNER, friend, photo)));
  }

  private void profile(
      String owner, String friend, boolean consent, boolean erased, List<ObjectRef> references) {
    profile(owner, friend, VERSION, consent, erased, references);
  }

  private void profile(
      String owner,
      String friend,
      long version,
      boolean consent,
      boolean erased,
      List<ObjectRef> references) {
    stack.send(
        Topics.FRIEND_PROFILE,
        EventIds.friendKey(owner, friend),
        FriendProfile.newBuilder()
            .setEventId(EventIds.friend(Topics.FRIEND_PROFILE, owner, friend, version))
            .setOccurredAt(Instant.now())
            .setOwnerId(owner)
            .setFriendId(friend)
            .setVersion(version)
            .setName(friend)
            .setConsent(new Consent(consent, Instant.now(), "v1"))
            .setReferences(references)
            .setErased(erased)
            .build());
  }

  private FriendGallery answer(String friend) {
    return stack
        .await(
            Topics.FRIEND_GALLERY,
            1,
            gallery ->
                gallery.getOwnerId().equals(OTHER_OWNER) && gallery.getFriendId().equals(friend))
        .getFirst();
  }

  private static @Nullable FailureCode code(Map<String, FriendGallery> answers, String friend) {
    FriendGallery gallery = Objects.requireNonNull(answers.get(friend));
    assertThat(gallery.getState()).isEqualTo(GalleryState.REFUSED);
    assertThat(gallery.getExemplars()).isEmpty();
    assertThat(gallery.getProfileVersion()).isEqualTo(VERSION);
    return gallery.getCode();
  }

  private void queue(String job, String photo, byte[] bytes) {
    send(queued(job, photo, bytes));
  }

  private TaskQueued queued(String job, String photo, byte[] bytes) {
    return task(job, photo, stored(ObjectKeys.photo(OWNER, job, photo), bytes));
  }

  private void send(TaskQueued task) {
    stack.send(Topics.TASK_QUEUED_INTERACTIVE, task.getTaskId(), task);
  }

  private TaskQueued task(String job, String photo, ObjectRef source) {
    return TaskQueued.newBuilder(Tasks.about(OWNER, job, photo, source))
        .setLane(Lane.INTERACTIVE)
        .setProfilesUpto(profileEnds())
        .build();
  }

  private List<PartitionOffset> profileEnds() {
    try (Consumer<byte[], byte[]> consumer = KafkaClients.newConsumer(stack.clients().reader())) {
      List<TopicPartition> partitions =
          IntStream.range(0, Topics.FRIEND_PROFILE.partitions())
              .mapToObj(p -> new TopicPartition(Topics.FRIEND_PROFILE.name(), p))
              .toList();
      consumer.assign(partitions);
      return consumer.endOffsets(partitions).entrySet().stream()
          .map(end -> new PartitionOffset(end.getKey().partition(), end.getValue()))
          .toList();
    }
  }

  private ObjectRef reference(String owner, String name, byte[] bytes) {
    return stored("owners/" + owner + "/friends/x/references/" + name, bytes);
  }

  private ObjectRef stored(String key, byte[] bytes) {
    String etag = Objects.requireNonNull(bucket.put(key, bytes, "image/jpeg").block()).etag();
    return new ObjectRef(bucket.bucket(), key, etag, (long) bytes.length);
  }

  private ObjectRef ref(String key) {
    return new ObjectRef(bucket.bucket(), key, null, null);
  }

  private Map<String, MatchResult> results(String job, int count) {
    return stack.await(Topics.MATCH_RESULT, count, r -> r.getJobId().equals(job)).stream()
        .collect(Collectors.toMap(MatchResult::getPhotoId, result -> result));
  }

  private Map<String, String> deadLetters(Topic<?> topic, String job, int count) {
    return stack
        .records(topic.deadLetters(), count, r -> header(r, DeadLetters.JOB).equals(job))
        .stream()
        .collect(
            Collectors.toMap(
                r -> header(r, DeadLetters.PHOTO),
                r -> header(r, DeadLetters.CODE),
                (a, b) -> a + b,
                TreeMap::new));
  }

  private static MatchResult result(Map<String, MatchResult> results, String photo) {
    return Objects.requireNonNull(results.get(photo));
  }

  private static List<@Nullable String> friends(Map<String, MatchResult> results, String photo) {
    return result(results, photo).getFaces().stream()
        .filter(face -> face.getDecision() == MatchDecision.MATCHED)
        .map(MatchedFace::getFriendId)
        .toList();
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    return record.headers().lastHeader(name) == null
        ? ""
        : new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }
}
