package facesort.e2e.journey;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The job id that a running demo prints when it has submitted. */
final class JobId {

  private static final Pattern SUBMITTED = Pattern.compile("job ([0-9a-f-]{36}): \\d+ photos");

  private JobId() {}

  static String awaitIn(Path output, Process demo) {
    return Awaitility.await()
        .atMost(Duration.ofMinutes(5))
        .pollInterval(Duration.ofMillis(50))
        .until(
            () -> {
              if (!demo.isAlive()) {
                throw new IllegalStateException("the demo ended: " + Files.readString(output));
              }
              return find(output);
            },
            id -> !id.isEmpty());
  }

  private static String find(Path output) throws IOException {
    var match = SUBMITTED.matcher(Files.readString(output));
    return match.find() ? match.group(1) : "";
  }
}
