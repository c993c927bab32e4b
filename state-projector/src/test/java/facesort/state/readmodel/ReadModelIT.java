package facesort.state.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.AvroCodec;
import facesort.schemas.Consent;
import facesort.schemas.DeliveryState;
import facesort.schemas.Exemplar;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.GalleryState;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.ReferenceAnswer;
import facesort.schemas.SchemaIds;
import facesort.schemas.SchemaRegistry;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.sql.PostgresSettings;
import facesort.service.sql.ReadEvent;
import facesort.service.sql.SchemaScripts;
import facesort.service.sql.SqlTransaction;
import facesort.service.sql.Watermarks;
import facesort.state.job.JobStreams;
import facesort.state.job.Records;
import facesort.state.query.FriendQueries;
import facesort.state.query.FriendView;
import facesort.state.query.PhotoQueries;
import facesort.state.query.PhotoView;
import facesort.state.query.QueryDatabase;
import io.r2dbc.pool.ConnectionPool;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Flux;

@ExtendWith(LocalStackExtension.class)
class ReadModelIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  private static ConnectionPool database;

  private final AvroCodec codec = new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE);
  private final long seed = System.nanoTime();
  private final String owner = "owner-" + UUID.randomUUID();
  private final String jobId = "job-" + UUID.randomUUID();
  private final Records job = Records.of(jobId, owner);
  private PhotoQueries photos;
  private FriendQueries friends;
  private long offset;

  @BeforeAll
  static void open(StackAddresses stack) {
    database =
        new PostgresSettings(stack.r2dbcUrl(), stack.postgresUser(), stack.postgresPassword())
            .pool(4, Duration.ofSeconds(10));
    SchemaScripts.apply(database, Watermarks.SCRIPT, "facesort/state/readmodel.sql").block(LIMIT);
  }

  @AfterAll
  static void close() {
    database.dispose();
  }

  @BeforeEach
  void prepare() {
    photos = new PhotoQueries(new QueryDatabase(database));
    friends = new FriendQueries(new QueryDatabase(database));
  }

  @RepeatedTest(3)
  void anyOrderAndRepetition_showsTheSamePhotos() {
    var events = aJob();
    events.addAll(List.copyOf(events));
    Collections.shuffle(events, new Random(seed));

    for (int i = 0; i < events.size(); i += 3) {
      write(events.subList(i, Math.min(events.size(), i + 3)));
    }

    var page = photos.photos(owner, jobId, null, 100, 0).block(LIMIT);
    assertThat(page).as("seed %d", seed).isNotNull();
    assertThat(page.photos())
        .as("seed %d", seed)
        .extracting(photo -> photo.photoId() + " " + photo.state() + " " + photo.code())
        .containsExactly(
            "a MATCHED null",
            "b NO_FACE null",
            "c FAILED CORRUPT_IMAGE",
            "d DUPLICATE DUPLICATE",
            "e MATCHED null",
            "f DETECTED null");
    assertThat(page.photos().getFirst().people())
        .as("seed %d", seed)
        .extracting(person -> person.friendId() + " " + person.decision() + " " + person.delivery())
        .containsExactly("ann MATCHED SENT", "bob REVIEW HELD");
    assertThat(page.photos().get(4).people())
        .as("seed %d", seed)
        .extracting(PhotoView.Person::delivery)
        .containsExactly("FAILED");
  }

  @Test
  void deadLetterOfOurOwnTrouble_failsNeitherPhotoNorPair() {
    write(
        List.of(
            event(Topics.JOB_STATUS, job.status(3)),
            event(Topics.TASK_QUEUED, job.task("a", 0, null)),
            event(Topics.TASK_QUEUED, job.task("b", 1, null)),
            event(Topics.TASK_QUEUED, job.task("c", 2, null)),
            event(Topics.MATCH_RESULT, job.match("b", Records.face(MatchDecision.MATCHED, "ann"))),
            internal(Topics.TASK_QUEUED, "a", JobStreams.NAME),
            internal(Topics.MATCH_RESULT, "b", JobStreams.NAME),
            internal(Topics.TASK_QUEUED, "c", "inference-service")));

    var page = photos.photos(owner, jobId, null, 100, 0).block(LIMIT);

    assertThat(page).isNotNull();
    assertThat(page.photos())
        .extracting(PhotoView::state)
        .containsExactly("QUEUED", "MATCHED", "FAILED");
    assertThat(page.photos().get(1).people())
        .extracting(PhotoView.Person::delivery)
        .containsExactly("PLANNED");
  }

  @Test
  void zeroCharactersOfUpstreamTexts_becomeSpaces() {
    var task = TaskQueued.newBuilder(job.task("a", 0, null)).setFilename("a\0b.jpg").build();
    var nameless = TaskQueued.newBuilder(job.task("b", 1, null)).setFilename(null).build();
    var match = MatchResult.newBuilder(job.match("b")).setFilename("\0c.jpg").build();
    var failed = dead(Topics.TASK_QUEUED, "a", FailureCode.CORRUPT_IMAGE);
    failed.record().headers().add(DeadLetters.MESSAGE, bytes("not\0an image"));

    write(
        List.of(
            event(Topics.JOB_STATUS, job.status(2)),
            event(Topics.TASK_QUEUED, task),
            event(Topics.TASK_QUEUED, nameless),
            event(Topics.MATCH_RESULT, match),
            failed));

    var page = photos.photos(owner, jobId, null, 100, 0).block(LIMIT);
    assertThat(page).isNotNull();
    assertThat(page.photos()).extracting(PhotoView::filename).containsExactly("a b.jpg", " c.jpg");
    assertThat(page.photos().getFirst().message()).isEqualTo("not an image");
  }

  @Test
  void page_holdsItsPartOfTheList_andTheWholeCount() {
    write(aJob());

    var page = photos.photos(owner, jobId, null, 2, 2).block(LIMIT);

    assertThat(page).isNotNull();
    assertThat(page.photos()).extracting(PhotoView::photoId).containsExactly("c", "d");
    assertThat(page.total()).isEqualTo(6);
  }

  @Test
  void friend_isShownWithTheAnswerOfEnrolment_andNoVectorIsStored() {
    write(
        List.of(event(Topics.FRIEND_GALLERY, gallery()), event(Topics.FRIEND_PROFILE, profile())));

    var friend = friends.friend(owner, "ann").block(LIMIT);

    assertThat(friend).isNotNull();
    assertThat(friend.name()).isEqualTo("Ann");
    assertThat(friend.gallery()).isNotNull();
    assertThat(friend.gallery().exemplars()).isEqualTo(1);
    assertThat(friend.gallery().references().getFirst().key()).isEqualTo("reference-1");
    var some = new byte[8];
    Records.vector().get(some);
    assertThat(everyFriendRow()).isNotEmpty();
    assertThat(String.join(" ", everyFriendRow()))
        .doesNotContain(HexFormat.of().formatHex(some))
        .doesNotContain(String.valueOf(Records.PLANTED[1]));
  }

  @Test
  void friendOfAnotherOwner_isNotThere() {
    write(List.of(event(Topics.FRIEND_PROFILE, profile())));

    assertThat(friends.friend("stranger", "ann").block(LIMIT)).isNull();
    assertThat(friends.friends("stranger").block(LIMIT)).isEqualTo(new FriendView.Page(List.of()));
  }

  private List<ReadEvent> aJob() {
    return new ArrayList<>(
        List.of(
            event(Topics.JOB_STATUS, job.status(6)),
            event(Topics.TASK_QUEUED, job.task("a", 0, null)),
            event(Topics.TASK_QUEUED, job.task("b", 1, null)),
            event(Topics.TASK_QUEUED, job.task("c", 2, null)),
            event(Topics.TASK_QUEUED, job.task("d", 3, FailureCode.DUPLICATE)),
            event(Topics.TASK_QUEUED, job.task("e", 4, null)),
            event(Topics.TASK_QUEUED, job.task("f", 5, null)),
            event(Topics.TASK_QUEUED, job.task("late", 6, null)),
            dead(Topics.TASK_QUEUED, "late", FailureCode.JOB_CLOSED),
            dead(Topics.TASK_QUEUED, "c", FailureCode.CORRUPT_IMAGE),
            event(Topics.FACES_DETECTED, job.faces("f", 2)),
            event(
                Topics.MATCH_RESULT,
                job.match(
                    "a",
                    Records.face(MatchDecision.REVIEW, "bob"),
                    Records.face(MatchDecision.MATCHED, "ann"))),
            event(Topics.MATCH_RESULT, job.match("b")),
            event(Topics.MATCH_RESULT, job.match("e", Records.face(MatchDecision.MATCHED, "ann"))),
            dead(Topics.MATCH_RESULT, "e", FailureCode.UNDECODABLE),
            event(Topics.DELIVERY_DONE, job.delivery("a", "ann", DeliveryState.SENT))));
  }

  private FriendProfile profile() {
    return FriendProfile.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.now())
        .setOwnerId(owner)
        .setFriendId("ann")
        .setVersion(7)
        .setName("Ann")
        .setConsent(new Consent(true, Instant.now(), "1"))
        .build();
  }

  private FriendGallery gallery() {
    return FriendGallery.newBuilder()
        .setEventId("e")
        .setOccurredAt(Instant.now())
        .setOwnerId(owner)
        .setFriendId("ann")
        .setProfileVersion(7)
        .setState(GalleryState.ACCEPTED)
        .setReferences(List.of(new ReferenceAnswer("reference-1", true, null, 1, null)))
        .setExemplars(List.of(new Exemplar("reference-1", Records.vector())))
        .setDimension(Records.PLANTED.length)
        .setModelId("m")
        .setSpaceId("s")
        .build();
  }

  private <V extends SpecificRecord> ReadEvent event(Topic<V> topic, V value) {
    var read = codec.decode(topic, codec.encode(topic, value));
    return new ReadEvent(topic, read, record(topic.name()));
  }

  private ReadEvent dead(Topic<?> topic, String photo, FailureCode code) {
    var record = record(topic.deadLetters());
    record.headers().add(DeadLetters.JOB, bytes(jobId));
    record.headers().add(DeadLetters.OWNER, bytes(owner));
    record.headers().add(DeadLetters.PHOTO, bytes(photo));
    record.headers().add(DeadLetters.CODE, bytes(code.name()));
    return new ReadEvent(topic, null, record);
  }

  private ReadEvent internal(Topic<?> topic, String photo, String service) {
    var read = dead(topic, photo, FailureCode.INTERNAL);
    read.record().headers().add(DeadLetters.SERVICE, bytes(service));
    return read;
  }

  /** Offsets are this test's own, so that dead letters of different tests are different rows. */
  private ConsumerRecord<byte[], byte[]> record(String topic) {
    return new ConsumerRecord<>(topic, 0, seed + offset++, bytes("key"), bytes("value"));
  }

  private void write(List<ReadEvent> events) {
    SqlTransaction.in(database, connection -> new ReadModelWriter().apply(connection, events))
        .blockLast(LIMIT);
  }

  private List<String> everyFriendRow() {
    return SqlTransaction.in(
            database,
            connection ->
                Flux.from(
                        connection
                            .createStatement("SELECT friend::text AS r FROM projector.friend")
                            .execute())
                    .concatMap(result -> result.map(row -> String.valueOf(row.get("r")))))
        .collectList()
        .blockOptional(LIMIT)
        .orElseThrow();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
