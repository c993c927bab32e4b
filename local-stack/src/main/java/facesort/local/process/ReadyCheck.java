package facesort.local.process;

import java.net.URI;
import java.util.regex.Pattern;

/** How one sees from outside that a process does its work. */
public sealed interface ReadyCheck {

  /** The address answers GET with a status from 200 to {@code highestStatus}. */
  record Http(URI uri, int highestStatus) implements ReadyCheck {}

  /** A line written to the log since this start matches. */
  record LogLine(Pattern pattern) implements ReadyCheck {}

  /** GET answers with success. */
  static ReadyCheck http(String uri) {
    return new Http(URI.create(uri), 299);
  }

  /** GET answers with anything but a server error. */
  static ReadyCheck anyAnswer(String uri) {
    return new Http(URI.create(uri), 499);
  }

  /** A line holds the regular expression. */
  static ReadyCheck logLine(String regex) {
    return new LogLine(Pattern.compile(regex));
  }
}
