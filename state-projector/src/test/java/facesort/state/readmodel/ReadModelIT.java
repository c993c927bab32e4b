package facesort.state.readmodel;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Answer;
import facesort.schemas.Cleanup;
import facesort.schemas.CommandAnswer;
import facesort.schemas.Consent;
import facesort.schemas.DeliveryDone;
import facesort.schemas.DeliveryState;
import facesort.schemas.DetectedFace;
import facesort.schemas.Exemplar;
import facesort.schemas.FacesDetected;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.GalleryState;
import facesort.schemas.InFlightTask;
import facesort.schemas.JobCommand;
import facesort.schemas.JobControl;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.MatchCandidate;
import facesort.schemas.MatchDecision;
import facesort.schemas.MatchResult;
import facesort.schemas.MatchedFace;
import facesort.schemas.ReferenceAnswer;
import facesort.schemas.RunEnd;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.schemas.TopicOffset;
import facesort.schemas.Topics;
import facesort.schemas.WorkerHeartbeat;
import facesort.schemas.WorkerState;
import facesort.service.DeadLetters;
import facesort.service.sql.ReadEvent;
import facesort.state.job.JobStreams;
import facesort.state.job.Records;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
class ReadModelIT {

  private static final String OWNER = "owner";
  private static final String JOB = "job";
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private static Rows rows;

  private final Records job = Records.of(JOB, OWNER);

  @BeforeAll
  static void open(StackAddresses stack) {
    rows = new Rows(stack);
  }

  @AfterAll
  static void close() {
    rows.close();
  }

  @BeforeEach
  void clear() {
    rows.clear();
  }

  @RepeatedTest(3)
  void anyOrderAndRepetition_givesTheSameContent() {
    var seed = System.nanoTime();
    var events = aJob();
    rows.write(events);
    var expected = rows.hash();
    assertThat(states())
        .containsExactly(
            "a MATCHED",
            "b NO_FACE",
            "c FAILED",
            "d DUPLICATE",
            "e MATCHED",
            "f DETECTED",
            "g CANCELLED",
            "h QUEUED");
    rows.clear();
    assertThat(rows.hash()).isNotEqualTo(expected);

    events.addAll(List.copyOf(events));
    Collections.shuffle(events, new Random(seed));
    for (int i = 0; i < events.size(); i += 7) {
      rows.write(events.subList(i, Math.min(events.size(), i + 7)));
    }

    assertThat(rows.hash()).as("seed %d", seed).isEqualTo(expected);
    assertThat(states()).as("seed %d", seed).contains("g CANCELLED", "h QUEUED");
  }

  @Test
  void newestStatus_isTheJob_withItsCommandsAndEnds() {
    var first = JobStatus.newBuilder(job.status(3)).setState(JobState.RUNNING).build();
    var newest =
        JobStatus.newBuilder(job.status(3))
            .setState(JobState.CANCELLED)
            .setRun(1)
            .setCleanupRequests(2)
            .setCommands(
                List.of(
                    new CommandAnswer(
                        "e1",
                        Answer.REFUSED,
                        FailureCode.JOB_ENDED,
                        JobCommand.CANCEL,
                        1,
                        0,
                        "over\0already")))
            .setEnds(
                List.of(
                    new RunEnd(
                        1, JobState.CANCELLED, List.of(new TopicOffset("match.result", 3, 17L)))))
            .build();
    var old = rows.event(Topics.JOB_STATUS, first);
    rows.write(rows.event(Topics.JOB_STATUS, first), rows.event(Topics.JOB_STATUS, newest));
    rows.write(old);

    assertThat(
            rows.query(
                "SELECT concat_ws(' ', state, run, closed, cleanup_requests,"
                    + " commands->0->>'command', commands->0->>'code', commands->0->>'message')"
                    + " FROM readmodel.job"))
        .containsExactly("CANCELLED 1 t 2 CANCEL JOB_ENDED over already");
    assertThat(
            rows.query(
                "SELECT concat_ws(' ', run, state, upto->>'match.result-3') FROM"
                    + " readmodel.run_end"))
        .containsExactly("1 CANCELLED 17");

    rows.write(rows.tombstone(Topics.JOB_STATUS, JOB));
    assertThat(rows.query("SELECT job_id FROM readmodel.job")).isEmpty();
    assertThat(rows.query("SELECT job_id FROM readmodel.run_end")).isEmpty();
  }

  @Test
  void photoAndPair_haveTheNewestOfEachTopic() {
    var later =
        MatchResult.newBuilder(job.match("a", Records.face(MatchDecision.REVIEW, "bob")))
            .setRun(1)
            .build();
    var skipped =
        new DetectedFace(
            0,
            Records.face(MatchDecision.SKIPPED, null).getBox(),
            0.5f,
            List.of(),
            null,
            FailureCode.FACE_TOO_SMALL,
            null);
    rows.write(
        rows.event(Topics.DELIVERY_DONE, delivered(0, DeliveryState.UNKNOWN)),
        rows.event(Topics.MATCH_RESULT, later),
        rows.event(Topics.MATCH_RESULT, job.match("a", candidate("ann"))),
        rows.event(
            Topics.FACES_DETECTED,
            FacesDetected.newBuilder(job.faces("a", 2)).setFaces(List.of(skipped)).build()),
        rows.event(Topics.TASK_QUEUED_INTERACTIVE, job.task("a", 4, null)),
        rows.event(Topics.DELIVERY_DONE, delivered(1, DeliveryState.SENT)));

    assertThat(
            rows.query(
                "SELECT concat_ws(' ', run, task_topic, list_position, filename, detected, skipped,"
                    + " detect_millis, match_run, rematch, match_faces, people, scores,"
                    + " match->>'threshold', match->'faces'->0->>'decision')"
                    + " FROM readmodel.photo"))
        .containsExactly("0 task.queued.interactive 4 a.jpg 1 1 3 1 0 1 1 {0.7} 0.5 REVIEW");
    assertThat(
            rows.query(
                "SELECT concat_ws(' ', friend_id, match_run, decision, score, seq, state, channel,"
                    + " message_ids, attempts) FROM readmodel.pair ORDER BY friend_id"))
        .containsExactly("ann 0 MATCHED 0.9 1 SENT FOLDER {\"m 1\",\"m,2\"} 1", "bob 1 REVIEW 0.7");
  }

  @Test
  void deadLetters_areListedByTheirHeadersAlone() {
    var known = dead(Topics.FACES_DETECTED, "a", FailureCode.MODEL_ERROR);
    put(known, DeadLetters.RUN, "2");
    put(known, DeadLetters.ATTEMPTS, "3");
    put(known, DeadLetters.REPLAYS, "1");
    put(known, DeadLetters.MESSAGE, "tensor 17 is bad");
    var alike = dead(Topics.FACES_DETECTED, "b", FailureCode.MODEL_ERROR);
    put(alike, DeadLetters.MESSAGE, "tensor 18 is bad");
    rows.write(known, alike, rows.dead(Topics.FRIEND_CONTACT), rows.dead(topology()));

    assertThat(
            rows.query(
                "SELECT concat_ws(' ', source, code, message, attempts, replays, job_id, photo_id,"
                    + " run) FROM readmodel.failure ORDER BY kafka_offset"))
        .containsExactly(
            "faces.detected MODEL_ERROR tensor 17 is bad 3 1 job a 2",
            "faces.detected MODEL_ERROR tensor 18 is bad job b 0",
            "friend.contact UNKNOWN 0",
            "state-projector UNKNOWN 0");
    assertThat(
            rows.query("SELECT DISTINCT signature FROM readmodel.failure WHERE job_id IS NOT NULL"))
        .hasSize(1);
    assertThat(rows.query("SELECT source FROM readmodel.failure WHERE job_id IS NULL")).hasSize(2);
  }

  @Test
  void history_hasEveryEventOfTheJob_whereItWasRead() {
    var replayed = rows.event(Topics.TASK_QUEUED, job.task("a", 0, null));
    put(replayed, DeadLetters.REPLAYS, "2");
    var died = dead(Topics.TASK_QUEUED, "a", FailureCode.CORRUPT_IMAGE);
    put(died, DeadLetters.ATTEMPTS, "3");
    var first = replayed.record().offset();
    rows.write(
        replayed,
        died,
        rows.dead(Topics.TASK_QUEUED),
        rows.event(Topics.FACES_DETECTED, job.faces("a", 2)),
        rows.event(Topics.MATCH_RESULT, job.match("a", candidate("ann"))),
        rows.event(Topics.DELIVERY_DONE, delivered(0, DeliveryState.SENT)),
        rows.event(Topics.CLEANUP, job.cleaned()),
        rows.event(Topics.JOB_CONTROL, job.submit(1)),
        rows.event(
            Topics.JOB_CONTROL,
            JobControl.newBuilder(job.submit(1))
                .setCommand(JobCommand.CANCEL)
                .setSubmit(null)
                .setReason("rain")
                .build()),
        rows.event(Topics.JOB_STATUS, job.status(1)),
        rows.event(Topics.FRIEND_PROFILE, profile()));

    assertThat(
            rows.query(
                "SELECT concat_ws(' | ', topic, kafka_offset - $1, photo_id, friend_id, attempt,"
                    + " summary) FROM readmodel.history WHERE at = $2 ORDER BY kafka_offset",
                first,
                Rows.STAMPED))
        .containsExactly(
            "task.queued | 0 | a | 3 | queued",
            "task.queued-dlt | 1 | a | 3 | CORRUPT_IMAGE",
            "faces.detected | 3 | a | 1 | 2 faces found, 0 of them skipped",
            "match.result | 4 | a | 1 | 1 faces: 1 matched, 0 to review, 2 friends compared",
            "delivery.done | 5 | a | ann | 1 | SENT by FOLDER",
            "cleanup | 6 | 1 | cleanup 0 done, 0 originals left",
            "job.control | 7 | 1 | SUBMIT of 1 photos, release AUTO",
            "job.control | 8 | 1 | CANCEL: rain",
            "job.status | 9 | 1 | RUNNING, run 0, 0 of 1 photos settled");
  }

  @Test
  void worker_isItsNewestHeartbeat_byTheClockOfTheBroker() {
    rows.write(
        rows.event(Topics.WORKER_HEARTBEAT, heartbeat(WorkerState.STARTING, 0)),
        rows.event(Topics.WORKER_HEARTBEAT, heartbeat(WorkerState.READY, 7)));

    assertThat(
            rows.query(
                "SELECT concat_ws(' ', worker_id, state, partitions, in_flight->0->>'task_id',"
                    + " processed, seen_at = $1, written_at > seen_at) FROM readmodel.worker",
                Rows.STAMPED))
        .containsExactly("w READY {task.queued-0,task.queued-1} t 7 t t");

    rows.write(rows.tombstone(Topics.WORKER_HEARTBEAT, "w"));
    assertThat(rows.query("SELECT worker_id FROM readmodel.worker")).isEmpty();
  }

  @Test
  void friend_isGone_whenBothOfItsRecordsAre() {
    rows.write(
        rows.event(Topics.FRIEND_GALLERY, gallery()), rows.event(Topics.FRIEND_PROFILE, profile()));
    assertThat(
            rows.query(
                "SELECT concat_ws(' ', name, version, gallery_version, exemplars,"
                    + " answers->0->>'key') FROM readmodel.friend"))
        .containsExactly("Ann 7 7 1 reference-1");

    rows.write(rows.tombstone(Topics.FRIEND_PROFILE, OWNER + "/ann"));
    assertThat(rows.query("SELECT concat_ws(' ', name, gallery_version) FROM readmodel.friend"))
        .containsExactly("7");
    rows.write(rows.tombstone(Topics.FRIEND_GALLERY, OWNER + "/ann"));
    assertThat(rows.query("SELECT friend_id FROM readmodel.friend")).isEmpty();
  }

  @Test
  void deadLetterOfOurOwnTrouble_failsNoPhoto() {
    var ours = dead(Topics.TASK_QUEUED, "a", FailureCode.INTERNAL);
    put(ours, DeadLetters.SERVICE, JobStreams.NAME);
    var theirs = dead(Topics.TASK_QUEUED, "b", FailureCode.INTERNAL);
    put(theirs, DeadLetters.SERVICE, "inference-service");
    rows.write(
        rows.event(Topics.TASK_QUEUED, job.task("a", 0, null)),
        rows.event(Topics.TASK_QUEUED, job.task("b", 1, null)),
        ours,
        theirs);

    assertThat(states()).containsExactly("a QUEUED", "b FAILED");
  }

  @Test
  void zeroCharactersOfUpstreamTexts_becomeSpaces() {
    var task = TaskQueued.newBuilder(job.task("a", 0, null)).setFilename("a\0b.jpg").build();
    var failed = dead(Topics.TASK_QUEUED, "a", FailureCode.CORRUPT_IMAGE);
    put(failed, DeadLetters.MESSAGE, "not\0an image");

    rows.write(rows.event(Topics.TASK_QUEUED, task), failed);

    assertThat(
            rows.query("SELECT concat_ws(' ', filename, dead_message) FROM readmodel.photo_state"))
        .containsExactly("a b.jpg not an image");
  }

  @Test
  void vectorsBoxesAndKeys_areInNoTable() {
    rows.write(aJob());
    rows.write(
        rows.event(Topics.FRIEND_GALLERY, gallery()),
        rows.event(Topics.FRIEND_PROFILE, profile()),
        rows.event(Topics.WORKER_HEARTBEAT, heartbeat(WorkerState.READY, 1)));
    var some = new byte[8];
    Records.vector().get(some);

    assertThat(rows.tables())
        .allSatisfy(table ->
            assertThat(rows.query("SELECT t::text FROM readmodel." + table + " t")).isNotEmpty());
    assertThat(String.join("\n", rows.everything()))
        .doesNotContain(HexFormat.of().formatHex(some))
        .doesNotContain(String.valueOf(Records.PLANTED[1]))
        .doesNotContain("secret-key")
        .doesNotContainIgnoringCase("\"box\"")
        .doesNotContainIgnoringCase("embedding");
  }

  @Test
  void contentHash_isWithoutWhatIsKeptForSevenDaysOnly_onceItIsOlder() {
    rows.write(
        rows.event(Topics.JOB_STATUS, job.status(2)),
        rows.event(Topics.TASK_QUEUED, job.task("a", 0, null)));
    var without = rows.hash();

    rows.write(rows.event(Topics.FACES_DETECTED, faces("b", now.minus(8, ChronoUnit.DAYS))));
    assertThat(rows.hash()).isEqualTo(without);

    rows.write(rows.event(Topics.FACES_DETECTED, faces("a", now)));
    assertThat(rows.hash()).isNotEqualTo(without);
  }

  /** A job that was cancelled and resumed, in the order of time. */
  private List<ReadEvent> aJob() {
    var events = new ArrayList<ReadEvent>();
    events.add(rows.event(Topics.JOB_CONTROL, job.submit(8)));
    for (var photo : List.of("a", "b", "c", "e", "f", "g", "h")) {
      events.add(rows.event(Topics.TASK_QUEUED, job.task(photo, photo.charAt(0) - 'a', null)));
    }
    events.addAll(
        List.of(
            rows.event(Topics.TASK_QUEUED, job.task("d", 3, FailureCode.DUPLICATE)),
            rows.event(Topics.TASK_QUEUED, job.task("late", 8, null)),
            dead(Topics.TASK_QUEUED, "late", FailureCode.JOB_CLOSED),
            dead(Topics.TASK_QUEUED, "c", FailureCode.CORRUPT_IMAGE),
            rows.event(Topics.JOB_STATUS, job.status(8)),
            rows.event(Topics.FACES_DETECTED, faces("f", now)),
            rows.event(
                Topics.MATCH_RESULT,
                job.match(
                    "a",
                    Records.face(MatchDecision.REVIEW, "bob"),
                    Records.face(MatchDecision.MATCHED, "ann"))),
            rows.event(Topics.MATCH_RESULT, job.match("b"))));
    var match = rows.event(Topics.MATCH_RESULT, job.match("e", candidate("ann")));
    events.add(match);
    events.add(rows.event(Topics.JOB_STATUS, cancelled(match.record().offset() + 1)));
    events.add(rows.event(Topics.MATCH_RESULT, job.match("g", candidate("too-late"))));
    events.add(rows.event(Topics.TASK_QUEUED, again("h")));
    events.add(rows.event(Topics.TASK_QUEUED, again("f")));
    events.add(
        rows.event(
            Topics.FACES_DETECTED, FacesDetected.newBuilder(faces("f", now)).setRun(1).build()));
    events.add(rows.event(Topics.DELIVERY_DONE, delivered(0, DeliveryState.UNKNOWN)));
    events.add(rows.event(Topics.DELIVERY_DONE, delivered(1, DeliveryState.SENT)));
    events.add(rows.event(Topics.CLEANUP, Cleanup.newBuilder(job.cleaned()).setSeq(1).build()));
    events.add(dead(Topics.MATCH_RESULT, "e", FailureCode.UNDECODABLE));
    return events;
  }

  private JobStatus cancelled(long upto) {
    return JobStatus.newBuilder(job.status(8))
        .setState(JobState.CANCELLED)
        .setEnds(
            List.of(
                new RunEnd(
                    0,
                    JobState.CANCELLED,
                    List.of(
                        new TopicOffset("match.result", 0, upto),
                        new TopicOffset("task.queued-dlt", 0, upto)))))
        .build();
  }

  private TaskQueued again(String photo) {
    return TaskQueued.newBuilder(job.task(photo, photo.charAt(0) - 'a', null)).setRun(1).build();
  }

  private FacesDetected faces(String photo, Instant at) {
    return FacesDetected.newBuilder(job.faces(photo, 2)).setOccurredAt(at).build();
  }

  private DeliveryDone delivered(int seq, DeliveryState state) {
    return DeliveryDone.newBuilder(job.delivery("a", "ann", state))
        .setSeq(seq)
        .setMessageIds(List.of("m 1", "m,2"))
        .build();
  }

  private static MatchedFace candidate(String friend) {
    return MatchedFace.newBuilder(Records.face(MatchDecision.MATCHED, friend))
        .setScore(0.9f)
        .setCandidates(List.of(new MatchCandidate(friend, 0.9f, 0, 7L)))
        .build();
  }

  private FriendProfile profile() {
    return FriendProfile.newBuilder()
        .setEventId("e")
        .setOccurredAt(now)
        .setOwnerId(OWNER)
        .setFriendId("ann")
        .setVersion(7)
        .setName("Ann")
        .setConsent(new Consent(true, now, "1"))
        .build();
  }

  private FriendGallery gallery() {
    return FriendGallery.newBuilder()
        .setEventId("e")
        .setOccurredAt(now)
        .setOwnerId(OWNER)
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

  private WorkerHeartbeat heartbeat(WorkerState state, long processed) {
    return WorkerHeartbeat.newBuilder()
        .setWorkerId("w")
        .setOccurredAt(now)
        .setService("inference-service")
        .setRole("detect")
        .setSlot(0)
        .setVersion("1")
        .setDevice("cpu")
        .setState(state)
        .setStartedAt(now)
        .setPartitions(List.of("task.queued-0", "task.queued-1"))
        .setInFlight(List.of(new InFlightTask("t", JOB, now)))
        .setProcessed(processed)
        .setFailed(0)
        .setPerMinute(1.5)
        .build();
  }

  private static Topic<?> topology() {
    return ReadModelWriter.DEAD_LETTERS_OF.getLast();
  }

  private static ReadEvent dead(Topic<?> topic, String photo, FailureCode code) {
    var event = rows.dead(topic);
    put(event, DeadLetters.JOB, JOB);
    put(event, DeadLetters.OWNER, OWNER);
    put(event, DeadLetters.PHOTO, photo);
    put(event, DeadLetters.CODE, code.name());
    return event;
  }

  private static void put(ReadEvent event, String header, String text) {
    event.record().headers().add(header, Rows.bytes(text));
  }

  private static List<String> states() {
    return rows.query(
        "SELECT concat_ws(' ', photo_id, state) FROM readmodel.photo_state ORDER BY photo_id");
  }
}
