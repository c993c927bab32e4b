package facesort.inference;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.sun.net.httpserver.HttpServer;
import facesort.inference.image.TestPhotos;
import facesort.local.StackAddresses;
import facesort.local.junit.HttpRelay;
import facesort.local.junit.HttpRelay.Day;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Consent;
import facesort.schemas.EventIds;
import facesort.schemas.FacesDetected;
import facesort.schemas.FailureCode;
import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.GalleryState;
import facesort.schemas.ObjectRef;
import facesort.schemas.TaskKind;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.worker.kit.Tasks;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@ExtendWith(LocalStackExtension.class)
class OutageIT {
  private static final String OWNER = "outage-it";
  private static final String JOB = "outage";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  @TempDir Path folder;

  @Test
  void photos_waitForTheBucket_andNoneIsSetAside(StackAddresses addresses) throws Exception {
    try (TestStack stack = new TestStack(addresses, folder);
        HttpRelay relay = HttpRelay.to(addresses.s3Endpoint())) {
      ObjectStore bucket = stack.start("detect", relay.address()).getBean(ObjectStore.class);
      ListAppender<ILoggingEvent> lines = outcomeLines();
      for (int sample = 1; sample <= 3; sample++) {
        bucket.put(key("photo" + sample), TestPhotos.sample(sample), "image/jpeg").block();
      }
      relay.have(Day.RESETS);
      int before = relay.asked().size();

      for (int sample = 1; sample <= 3; sample++) {
        TaskQueued task = task("photo" + sample, bucket.bucket());
        stack.send(Topics.TASK_QUEUED, task.getTaskId(), task);
      }
      // One try of all three asks four times: some were rolled back and came again.
      awaitAsked(relay, before + 12);
      relay.have(Day.GOOD);
      List<FacesDetected> found =
          stack.await(Topics.FACES_DETECTED, 3, faces -> faces.getJobId().equals(JOB));

      assertThat(found)
          .extracting(FacesDetected::getPhotoId)
          .containsExactlyInAnyOrder("photo1", "photo2", "photo3");
      assertThat(
              stack.records(
                  Topics.TASK_QUEUED.deadLetters(),
                  0,
                  record -> header(record, DeadLetters.CODE).equals("STORAGE_ERROR")))
          .isEmpty();
      for (int sample = 1; sample <= 3; sample++) {
        assertNamed(lines, "photo" + sample, Level.DEBUG);
      }
    }
  }

  @Test
  void photo_thatAloneCannotBeRead_isSetAside_withItsAttempts(StackAddresses addresses)
      throws Exception {
    HttpServer store = storeThatRefusesPhotos();
    try (TestStack stack = new TestStack(addresses, folder)) {
      stack.start("detect", "http://127.0.0.1:" + store.getAddress().getPort());
      ListAppender<ILoggingEvent> lines = outcomeLines();
      TaskQueued task = task("refused", addresses.bucket());
      stack.send(Topics.TASK_QUEUED, task.getTaskId(), task);

      ConsumerRecord<byte[], byte[]> letter =
          stack
              .records(
                  Topics.TASK_QUEUED.deadLetters(),
                  1,
                  record -> header(record, DeadLetters.TASK).equals(task.getTaskId()))
              .getFirst();

      assertThat(header(letter, DeadLetters.CODE)).isEqualTo("SOURCE_FORBIDDEN");
      assertThat(header(letter, DeadLetters.ATTEMPTS)).isEqualTo("3");
      assertNamed(lines, "refused", Level.WARN);
    } finally {
      store.stop(0);
    }
  }

  @Test
  void reference_thatAloneCannotBeRead_isRefused_besideOneThatIsTaken(StackAddresses addresses)
      throws Exception {
    HttpServer store = storeWithOneGoodPhoto(TestPhotos.crop(1, 758, 358, 356, 371));
    try (TestStack stack = new TestStack(addresses, folder)) {
      stack.start("enroll", "http://127.0.0.1:" + store.getAddress().getPort());
      String friends = "owners/" + OWNER + "/friends/rita/references/";
      stack.send(
          Topics.FRIEND_PROFILE,
          EventIds.friendKey(OWNER, "rita"),
          FriendProfile.newBuilder()
              .setEventId("half")
              .setOccurredAt(Instant.now())
              .setOwnerId(OWNER)
              .setFriendId("rita")
              .setVersion(1)
              .setName("Rita")
              .setConsent(new Consent(true, Instant.now(), "v1"))
              .setReferences(
                  List.of(
                      new ObjectRef(addresses.bucket(), friends + "bad", "e", 1L),
                      new ObjectRef(addresses.bucket(), friends + "good", "e", 1L)))
              .setErased(false)
              .build());

      FriendGallery answer =
          stack
              .await(Topics.FRIEND_GALLERY, 1, gallery -> gallery.getOwnerId().equals(OWNER))
              .getFirst();

      assertThat(answer.getState()).isEqualTo(GalleryState.ACCEPTED);
      assertThat(answer.getExemplars()).hasSize(1);
      assertThat(answer.getReferences().getFirst().getCode())
          .isEqualTo(FailureCode.SOURCE_FORBIDDEN);
    } finally {
      store.stop(0);
    }
  }

  private static HttpServer storeWithOneGoodPhoto(byte[] photo) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          exchange.getResponseHeaders().set("ETag", "\"e\"");
          if (path.endsWith("/good")) {
            exchange.sendResponseHeaders(200, photo.length);
            exchange.getResponseBody().write(photo);
          } else {
            exchange.sendResponseHeaders(path.endsWith("/bad") ? 403 : 404, -1);
          }
          exchange.close();
        });
    server.start();
    return server;
  }

  /** Photos are refused; that another object is missing shows that the store is up. */
  private static HttpServer storeThatRefusesPhotos() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean photo = exchange.getRequestURI().getPath().contains("/photos/");
          exchange.sendResponseHeaders(photo ? 403 : 404, -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  /** Listens to what is logged from now on: a role that starts sets the logs up anew. */
  private static ListAppender<ILoggingEvent> outcomeLines() {
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.list = new CopyOnWriteArrayList<>();
    lines.start();
    Logger log = (Logger) LoggerFactory.getLogger("facesort.worker.Outcomes");
    log.setLevel(Level.DEBUG);
    log.addAppender(lines);
    return lines;
  }

  private static void assertNamed(ListAppender<ILoggingEvent> lines, String photo, Level level) {
    String task = EventIds.task(JOB, photo, TaskKind.FACES);
    assertThat(lines.list)
        .filteredOn(line -> task.equals(line.getMDCPropertyMap().get("taskId")))
        .isNotEmpty()
        .allSatisfy(line -> {
          assertThat(line.getLevel()).isEqualTo(level);
          assertThat(line.getMDCPropertyMap())
              .containsKeys("jobId", "taskId", "topic", "partition", "offset")
              .containsEntry("jobId", JOB)
              .containsEntry("topic", Topics.TASK_QUEUED.name());
        });
  }

  private static String header(ConsumerRecord<byte[], byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
  }

  private static void awaitAsked(HttpRelay relay, int count) {
    Instant limit = Instant.now().plus(LIMIT);
    while (relay.asked().size() < count) {
      assertThat(Instant.now()).isBefore(limit);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static String key(String photo) {
    return ObjectKeys.photo(OWNER, JOB, photo);
  }

  private static TaskQueued task(String photo, String bucket) {
    return Tasks.about(OWNER, JOB, photo, new ObjectRef(bucket, key(photo), null, null));
  }
}
