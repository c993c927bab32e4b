package facesort.ops.demo;

import facesort.ops.api.Job;
import facesort.ops.api.Photo;
import facesort.ops.api.Photo.Person;
import facesort.ops.api.ProjectorApi;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.demo.SendCheck.Arrival;
import facesort.ops.job.JobReport;
import facesort.ops.sample.Truth;
import facesort.ops.sample.Truth.Comparison;
import facesort.ops.sample.Truth.Found;
import facesort.ops.sample.Truth.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges a run by what arrived at the friends, and by the truth where it is known. */
record DemoCheck(Output output, ProjectorApi projector, Path data) {
  private static final String MATCHED = "MATCHED";

  /** Prints the photos, the summary and the answer of a run. */
  ExitCode report(DemoRun run, Job job) {
    List<Photo> photos = projector.photos(job.jobId());
    SendCheck sends = SendCheck.of(expected(run, photos), new Arrivals(data, run).collect());
    output.say("");
    output.say(JobReport.photos(photos));
    output.say("");
    JobReport.summary(output, job);
    say(sends);
    unclear(job).ifPresent(line -> output.say(output.bad(line)));
    boolean good = sends.isClean() && (!run.sample() || judge(photos));
    output.result(DemoAnswer.of(run, job, sends, seconds(run, job)));
    ExitCode code = JobReport.exitCode(job, false);
    return code == ExitCode.DONE && !good ? ExitCode.ERROR : code;
  }

  /** Photos that were to be sent: those on which a friend was recognised beyond doubt. */
  static List<Arrival> expected(DemoRun run, List<Photo> photos) {
    Set<String> friends = new HashSet<>();
    run.recipients().forEach(recipient -> friends.add(recipient.friendId()));
    List<Arrival> expected = new ArrayList<>();
    for (Photo photo : photos) {
      for (Person person : photo.recognised()) {
        if (MATCHED.equals(person.decision()) && friends.contains(person.friendId())) {
          expected.add(new Arrival(person.friendId(), run.photos().get(photo.position())));
        }
      }
    }
    return expected;
  }

  /** What is said of pairs of which nobody knows whether they were sent. */
  static Optional<String> unclear(Job job) {
    int unknown = job.deliveries().unknown();
    return unknown == 0
        ? Optional.empty()
        : Optional.of(
            "unclear     %d unclear: the process died while sending; Telegram cannot be asked"
                .formatted(unknown));
  }

  private void say(SendCheck sends) {
    String line =
        "arrived     %d twice, %d missing, %d at the wrong friend"
            .formatted(sends.duplicates(), sends.missing(), sends.strangers());
    output.say(sends.isClean() ? output.good(line) : output.bad(line));
  }

  private boolean judge(List<Photo> photos) {
    Set<Found> found = new HashSet<>();
    for (Photo photo : photos) {
      photo.recognised().stream()
          .filter(person -> MATCHED.equals(person.decision()))
          .forEach(person -> found.add(new Found(photo.title(), person.title())));
    }
    Comparison comparison = Truth.load().compare(found);
    String line =
        "truth       %d real and %d derived pairs right, %d wrong, %d not found"
            .formatted(
                comparison.right(Kind.REAL),
                comparison.right(Kind.DERIVED),
                comparison.wrong().size(),
                comparison.missing().size());
    output.say(comparison.isGoodEnough() ? output.good(line) : output.bad(line));
    comparison.wrong().forEach(pair -> output.say(output.bad("  wrong: " + pair)));
    comparison.missing().forEach(pair -> output.say("  not found: " + pair));
    return comparison.isGoodEnough();
  }

  /** Of a run that was cut off: to the job's end, however long the system was down. */
  private static double seconds(DemoRun run, Job job) {
    @Nullable Double whole = run.seconds();
    if (whole != null) {
      return whole;
    }
    Instant end = job.finishedAt() == null ? Instant.now() : Instant.parse(job.finishedAt());
    return Duration.between(Instant.ofEpochMilli(run.startedMillis()), end).toMillis() / 1000.0;
  }
}
