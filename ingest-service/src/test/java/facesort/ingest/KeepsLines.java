package facesort.ingest;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;

/**
 * Keeps what the service logs. Added to an application by name, because the start of an application
 * sets all logging up anew and would lose what was added before.
 */
public class KeepsLines {

  private static final List<ILoggingEvent> LINES = new CopyOnWriteArrayList<>();

  /** Hears the service's own lines. */
  @Bean
  ListAppender<ILoggingEvent> lines() {
    var appender = new ListAppender<ILoggingEvent>();
    appender.list = LINES;
    appender.start();
    ((Logger) LoggerFactory.getLogger("facesort.ingest")).addAppender(appender);
    return appender;
  }

  /** The warnings about a job, so far. */
  public static List<String> warnings(String jobId) {
    return LINES.stream()
        .filter(line -> line.getLevel() == Level.WARN)
        .filter(line -> jobId.equals(line.getMDCPropertyMap().get("jobId")))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }
}
