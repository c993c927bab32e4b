package facesort.ops.job;

import facesort.ops.api.Job;
import facesort.ops.api.Job.DeliveryCounts;
import facesort.ops.api.Job.PhotoCounts;
import facesort.ops.api.Photo;
import facesort.ops.api.Photo.Person;
import facesort.ops.console.ExitCode;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Prints a job and its photos for people. */
public final class JobReport {
  private JobReport() {}

  /** Everything: state, counts, photos. */
  public static void print(Output output, Job job, List<Photo> photos) {
    summary(output, job);
    output.say("");
    output.say(photos(photos));
  }

  /** State and counts, a few lines. */
  public static void summary(Output output, Job job) {
    String state = job.stateText();
    boolean good = job.isCompleted() && job.photos().failed() == 0;
    output.say(
        "%s  %s%s"
            .formatted(
                output.bold(job.name() == null ? job.jobId() : job.name()),
                good ? output.good(state) : job.isFinished() ? output.bad(state) : state,
                job.failure() == null ? "" : "  " + job.failure()));
    output.say("photos      " + counts(job.photos()) + ", " + job.faces() + " faces");
    output.say("deliveries  " + counts(job.deliveries()));
  }

  /** One row for each photo: who, score, delivery. */
  public static Table photos(List<Photo> photos) {
    Table table = Table.of("photo", "faces", "result", "who", "score", "delivery");
    for (Photo photo : photos) {
      List<Person> people = photo.recognised();
      table.row(
          photo.title(),
          photo.faces(),
          result(photo),
          joined(people.stream().map(Person::title).toList()),
          joined(people.stream().map(JobReport::score).toList()),
          joined(people.stream().map(JobReport::delivery).distinct().toList()));
    }
    return table;
  }

  /** What the shell is told about a finished job. */
  public static ExitCode exitCode(Job job, boolean strict) {
    return job.isCompleted() && !(strict && job.photos().failed() > 0)
        ? ExitCode.DONE
        : ExitCode.JOB_FAILED;
  }

  /** Cosine with two digits, marked when a person has to look. */
  public static String score(Person person) {
    String score = String.format(Locale.ROOT, "%.2f", person.score());
    return "REVIEW".equals(person.decision()) ? score + "?" : score;
  }

  private static String result(Photo photo) {
    boolean told = photo.code() == null || photo.code().equals(photo.state());
    return told ? photo.state() : photo.state() + " " + photo.code();
  }

  private static String delivery(Person person) {
    String state = person.delivery() == null ? "PLANNED" : person.delivery();
    return person.cause() == null ? state : state + " " + person.cause();
  }

  private static String joined(List<String> parts) {
    return parts.isEmpty() ? "-" : String.join(", ", parts);
  }

  private static String counts(PhotoCounts counts) {
    List<String> parts = new ArrayList<>();
    parts.add(counts.submitted() + " submitted");
    add(parts, counts.matched(), "matched");
    add(parts, counts.noMatch(), "without a friend");
    add(parts, counts.noFace(), "without a face");
    add(parts, counts.duplicate(), "duplicate");
    add(parts, counts.failed(), "failed");
    add(parts, counts.cancelled(), "cancelled");
    add(parts, counts.inFlight(), "in flight");
    return parts.stream().collect(Collectors.joining(", "));
  }

  private static String counts(DeliveryCounts counts) {
    List<String> parts = new ArrayList<>();
    parts.add(counts.pairs() + " planned");
    add(parts, counts.sent(), "sent");
    add(parts, counts.open(), "open");
    add(parts, counts.held(), "held for review");
    add(parts, counts.dropped(), "dropped");
    add(parts, counts.refused(), "refused");
    add(parts, counts.failed(), "failed");
    add(parts, counts.unknown(), "unknown");
    add(parts, counts.recalled(), "recalled");
    return parts.stream().collect(Collectors.joining(", "));
  }

  private static void add(List<String> parts, int count, String what) {
    if (count > 0) {
      parts.add(count + " " + what);
    }
  }
}
