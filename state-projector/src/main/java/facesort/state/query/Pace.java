package facesort.state.query;

import facesort.state.query.SettledLately.Recent;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How fast a job goes, how long it still takes, and what that is based on.
 *
 * @param perSecond photos settled a second; null when not known
 * @param etaSeconds time until all are; null when not known, 0 when they are
 * @param basis one line for people: the numbers it was computed from
 */
record Pace(@Nullable Double perSecond, @Nullable Long etaSeconds, String basis) {

  /**
   * A job's photos.
   *
   * @param settled photos settled
   * @param left photos that are not; null while nobody knows how many the job will have
   * @param spent time from the submission to now, or to the last settled photo; null when not known
   */
  record Progress(int settled, @Nullable Integer left, @Nullable Duration spent) {}

  /**
   * From what was settled in the last minute; while that is not known, from the mean.
   *
   * @param run run of the job: a later one began at a time that is not known
   */
  static Pace of(Progress job, Optional<Recent> recent, int run) {
    if (isDone(job) || recent.isEmpty()) {
      return run > 0 ? unknown(job) : overall(job);
    }
    return lately(job, recent.get());
  }

  private static Pace lately(Progress job, Recent recent) {
    if (recent.photos() == 0) {
      var rate = job.settled() == 0 ? null : Double.valueOf(0);
      var said =
          job.settled() == 0 ? "no photo settled yet" : "none in the last " + text(recent.in());
      return new Pace(rate, null, said + left(job));
    }
    return of(
        job,
        recent.photos(),
        recent.in(),
        "%d photos in the last %s".formatted(recent.photos(), text(recent.in())));
  }

  /** From the mean since the submission. */
  private static Pace overall(Progress job) {
    var spent = job.spent();
    if (job.settled() == 0 || spent == null) {
      var said = job.settled() == 0 ? "no photo settled yet" : "its submission is not known";
      return new Pace(null, isDone(job) ? 0L : null, said + left(job));
    }
    return of(
        job,
        job.settled(),
        spent,
        "%d photos in %s since the submission".formatted(job.settled(), text(spent)));
  }

  /** Of a job whose present run began at a time that is not known. */
  private static Pace unknown(Progress job) {
    return new Pace(null, isDone(job) ? 0L : null, "begun again" + left(job));
  }

  private static Pace of(Progress job, int photos, Duration in, String said) {
    var rate = photos * 1000.0 / Math.max(1, in.toMillis());
    var eta = job.left() == null ? null : Long.valueOf((long) Math.ceil(job.left() / rate));
    return new Pace(Math.round(rate * 1000) / 1000.0, eta, said + left(job));
  }

  private static boolean isDone(Progress job) {
    return job.left() != null && job.left() == 0 && job.settled() > 0;
  }

  private static String left(Progress job) {
    return job.left() == null
        ? "; nobody said how many there will be"
        : "; " + job.left() + " left";
  }

  private static String text(Duration time) {
    return Math.round(time.toMillis() / 100.0) / 10.0 + " s";
  }
}
