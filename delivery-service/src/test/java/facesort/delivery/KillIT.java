package facesort.delivery;

import static facesort.delivery.ledger.Matches.Found.matched;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Channel;
import facesort.schemas.DeliveryDone;
import facesort.schemas.DeliveryState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kills the service between any two steps; another one finishes; the receipts judge. */
@ExtendWith(LocalStackExtension.class)
class KillIT {

  private static final int PHOTOS = 3;
  private static final AtomicInteger CHATS = new AtomicInteger(2000);

  @TempDir private static Path out;

  private static StackAddresses stack;
  private static World world;

  @BeforeAll
  static void start(StackAddresses addresses) {
    stack = addresses;
    world = new World(addresses);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @ParameterizedTest
  @EnumSource(KillPoint.class)
  void telegram_sendsNothingTwiceAndLosesNothing(KillPoint point) throws Exception {
    var chat = String.valueOf(CHATS.incrementAndGet());
    var job = world.job();
    job.friend("anna", Channel.TELEGRAM, chat);

    killAt(point, job, chat);
    List<String> atDeath = world.received(chat);
    finish(job);

    boolean unclear = point == KillPoint.BEFORE_SEND || point == KillPoint.BEFORE_MARK;
    assertThat(job.done())
        .extracting(DeliveryDone::getState)
        .containsOnly(unclear ? DeliveryState.UNKNOWN : DeliveryState.SENT);
    assertThat(world.received(chat)).doesNotHaveDuplicates();
    assertThat(world.received(chat))
        .containsExactlyElementsOf(unclear ? atDeath : job.names(0, 1, 2));
    assertThat(atDeath.isEmpty())
        .isEqualTo(point == KillPoint.BEFORE_CLAIM || point == KillPoint.BEFORE_SEND);
    assertEachEventHasOneContent(job);
  }

  @ParameterizedTest
  @EnumSource(
      value = KillPoint.class,
      names = {"BEFORE_SEND", "BEFORE_MARK"})
  void folder_isRepeatedUntilEveryPhotoIsThere(KillPoint point) throws Exception {
    var job = world.job();
    var folder = "Ben-" + job.id();
    job.friend("ben", Channel.FOLDER, folder);

    killAt(point, job, folder);
    finish(job);

    assertThat(job.done()).extracting(DeliveryDone::getState).containsOnly(DeliveryState.SENT);
    assertThat(filesIn(folder)).containsExactlyElementsOf(job.names(0, 1, 2));
    assertEachEventHasOneContent(job);
  }

  /** Starts a service that dies at the point, and gives it the job. */
  private static void killAt(KillPoint point, World.Job job, String address) throws Exception {
    var friend = address.startsWith("Ben") ? "ben" : "anna";
    for (int i = 0; i < PHOTOS; i++) {
      job.photo(i, matched(friend, 0.9));
    }
    job.matched();
    var log = Path.of("target", "doomed-" + point + "-" + friend + ".log");
    var process =
        new ProcessBuilder(command(point, job, address))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(90, TimeUnit.SECONDS)).as("it dies, see " + log).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as("see " + log).isEqualTo(KillPoint.EXIT);
    assertThat(Files.readString(log)).doesNotContain(stack.telegramToken());
  }

  private static List<String> command(KillPoint point, World.Job job, String address) {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                DoomedApplication.class.getName()));
    command.addAll(RunningService.arguments(stack, out));
    command.removeIf(argument -> argument.startsWith("--facesort.delivery.telegram.token"));
    command.addAll(
        List.of(
            "--%s=%s".formatted(KillPoint.POINT, point),
            "--%s=%s".formatted(KillPoint.JOB, job.id()),
            "--%s=%s".formatted(KillPoint.ADDRESS, address),
            "--%s=%s".formatted(KillPoint.TOKEN, stack.telegramToken())));
    return command;
  }

  private static void finish(World.Job job) {
    try (var _ = RunningService.start(stack, out)) {
      job.awaitDone(PHOTOS);
    }
  }

  private static List<String> filesIn(String folder) throws IOException {
    try (var files = Files.list(out.resolve(folder))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static void assertEachEventHasOneContent(World.Job job) {
    assertThat(job.done().stream().distinct().map(DeliveryDone::getEventId))
        .doesNotHaveDuplicates()
        .hasSize(PHOTOS);
  }
}
