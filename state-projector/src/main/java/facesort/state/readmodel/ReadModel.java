package facesort.state.readmodel;

import facesort.service.sql.SchemaScripts;
import facesort.service.sql.WatermarkedReader;
import facesort.service.sql.Watermarks;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.util.retry.Retry;

/**
 * The life of the read model: its tables, then its reader, until it is stopped. While the database
 * is away it tries again without end, and the topology goes on without it.
 */
public final class ReadModel implements SmartLifecycle {

  /** Name of the reader. */
  public static final String NAME = "state-projector-readmodel";

  private static final Logger log = LoggerFactory.getLogger(ReadModel.class);
  private static final String TABLES = "facesort/state/readmodel.sql";
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final WatermarkedReader.Setup setup;
  private final ReadModelWriter writer;
  private @Nullable Disposable preparing;
  private volatile @Nullable WatermarkedReader reader;
  private volatile String unprepared = "the tables are not there yet";
  private boolean stopped;

  /** Ready to start. */
  public ReadModel(WatermarkedReader.Setup setup, ReadModelWriter writer) {
    this.setup = setup;
    this.writer = writer;
  }

  @Override
  public synchronized void start() {
    stopped = false;
    preparing =
        SchemaScripts.apply(setup.database(), Watermarks.SCRIPT, TABLES)
            .retryWhen(
                Retry.fixedDelay(Long.MAX_VALUE, PAUSE)
                    .doBeforeRetry(again -> waiting(String.valueOf(again.failure()))))
            .subscribe(none -> {}, error -> log.error("the read model ended", error), this::read);
  }

  /** Said once, not every second. */
  private void waiting(String cause) {
    if (!cause.equals(unprepared)) {
      log.warn("the tables cannot be made, trying again until they can: {}", cause);
    }
    unprepared = cause;
  }

  private synchronized void read() {
    if (!stopped) {
      reader = WatermarkedReader.start(setup, writer);
    }
  }

  /** What keeps events from the tables, in one line; empty when nothing does. */
  public Optional<String> trouble() {
    var started = reader;
    return started == null ? Optional.of(unprepared) : started.trouble();
  }

  /** How current the tables are; from memory, never waits. */
  public AsOf asOf() {
    return AsOf.UNKNOWN;
  }

  /** Whether the database answered when it was last asked; from memory, never waits. */
  public boolean isReachable() {
    var started = reader;
    return started != null && started.trouble().isEmpty();
  }

  @Override
  public synchronized void stop() {
    stopped = true;
    if (preparing != null) {
      preparing.dispose();
      preparing = null;
    }
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return preparing != null;
  }
}
