package facesort.ops.job;

import facesort.ops.api.Job;
import facesort.ops.api.Progress;
import facesort.ops.api.Progress.Bin;
import facesort.ops.api.Progress.FriendCount;
import facesort.ops.api.Progress.Stage;
import facesort.ops.console.Output;
import facesort.ops.console.Table;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Prints how far a job is: bars, rate, scores, friends, stages. */
final class ProgressReport {
  private static final int WIDTH = 30;

  private ProgressReport() {}

  static void print(Output output, Job job, Progress progress) {
    output.say("progress    " + photos(job, progress));
    output.say(
        "faces       %d found, %d compared, %d skipped"
            .formatted(
                progress.faces().found(), progress.faces().compared(), progress.faces().skipped()));
    if (progress.confidence().stream().anyMatch(bin -> bin.faces() > 0)) {
      output.say("");
      output.say(scores(progress));
    }
    if (!progress.friends().isEmpty()) {
      output.say("");
      output.say(friends(progress));
    }
    if (!progress.stages().isEmpty()) {
      output.say("");
      output.say(stages(progress));
    }
  }

  private static String photos(Job job, Progress progress) {
    int settled = progress.photos().settled();
    int total = Math.max(job.total(), progress.photos().submitted());
    String line = "%s %d of %d".formatted(bar(settled, total), settled, total);
    if (job.isFinished()) {
      return line;
    }
    if (progress.ratePerSecond() != null) {
      line += String.format(Locale.ROOT, ", %.1f a second", progress.ratePerSecond());
    }
    if (progress.etaSeconds() != null) {
      line +=
          ", " + facesort.ops.console.Progress.clock(Math.round(progress.etaSeconds())) + " left";
    }
    return progress.etaBasis() == null ? line : line + " (" + progress.etaBasis() + ")";
  }

  /** A part of a whole as a bar of fixed width. */
  static String bar(long part, long whole) {
    int filled = whole <= 0 ? 0 : Math.clamp(part * WIDTH / whole, 0, WIDTH);
    return "#".repeat(filled) + ".".repeat(WIDTH - filled);
  }

  private static Table scores(Progress progress) {
    int most = progress.confidence().stream().mapToInt(Bin::faces).max().orElse(0);
    Table table = Table.of("score", "faces", "");
    for (Bin bin : progress.confidence()) {
      if (bin.faces() > 0) {
        table.row(
            String.format(Locale.ROOT, "%.2f - %.2f", bin.from(), bin.to()),
            bin.faces(),
            "#".repeat(Math.max(1, bin.faces() * WIDTH / most)));
      }
    }
    return table;
  }

  private static Table friends(Progress progress) {
    Table table = Table.of("friend", "photos", "sent", "held");
    for (FriendCount friend : progress.friends()) {
      table.row(
          friend.name() == null ? friend.friendId() : friend.name(),
          friend.photos(),
          friend.sent(),
          friend.held());
    }
    return table;
  }

  private static Table stages(Progress progress) {
    Table table = Table.of("stage", "photos", "p50", "p95");
    for (Stage stage : progress.stages()) {
      table.row(stage.stage(), stage.count(), millis(stage.p50Millis()), millis(stage.p95Millis()));
    }
    return table;
  }

  /** A time for people. */
  static String millis(@Nullable Double millis) {
    if (millis == null) {
      return "-";
    }
    return millis < 1000
        ? Math.round(millis) + " ms"
        : String.format(Locale.ROOT, "%.1f s", millis / 1000);
  }
}
