package facesort.delivery;

import facesort.delivery.ledger.CaughtUp;
import facesort.delivery.ledger.Outbox;
import facesort.delivery.ledger.ReleaseStep;
import facesort.delivery.send.Dispatcher;
import facesort.service.sql.BatchHandler;
import facesort.service.sql.SchemaScripts;
import facesort.service.sql.WatermarkedReader;
import facesort.service.sql.Watermarks;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * The life of the service: tables, reader, then the loops that release, send and report until it is
 * stopped. A step that fails is logged and tried again, without end. At a stop no new claim is made
 * and the running requests are finished.
 */
final class Delivery implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Delivery.class);
  private static final String TABLES = "facesort/delivery/ledger.sql";
  private static final Duration IDLE = Duration.ofMillis(200);
  private static final Duration REVIEW = Duration.ofSeconds(1);
  private static final Duration SETTLE = Duration.ofMinutes(1);
  private static final Duration AFTER_ERROR = Duration.ofSeconds(1);

  private final WatermarkedReader.Setup setup;
  private final BatchHandler handler;
  private final ReleaseStep release;
  private final CaughtUp caughtUp;
  private final List<Dispatcher> dispatchers;
  private final Outbox outbox;
  private final Sinks.Empty<Void> stop;
  private final Duration stopWithin;
  private final CountDownLatch ended = new CountDownLatch(1);
  private volatile @Nullable WatermarkedReader reader;
  private volatile @Nullable Disposable running;
  private volatile boolean stopping;

  /**
   * The parts.
   *
   * @param setup of the ledger's reader
   * @param handler writes the ledger
   * @param release decides
   * @param caughtUp holds sending back after the start
   * @param dispatchers one for a channel
   * @param outbox reports
   */
  record Parts(
      WatermarkedReader.Setup setup,
      BatchHandler handler,
      ReleaseStep release,
      CaughtUp caughtUp,
      List<Dispatcher> dispatchers,
      Outbox outbox) {}

  Delivery(Parts parts, Sinks.Empty<Void> stop, Duration stopWithin) {
    this.setup = parts.setup();
    this.handler = parts.handler();
    this.release = parts.release();
    this.caughtUp = parts.caughtUp();
    this.dispatchers = List.copyOf(parts.dispatchers());
    this.outbox = parts.outbox();
    this.stop = stop;
    this.stopWithin = stopWithin;
  }

  @Override
  public void start() {
    running =
        once("tables", SchemaScripts.apply(setup.database(), Watermarks.SCRIPT, TABLES))
            .then(Mono.fromRunnable(this::startReader))
            .thenMany(Flux.merge(loops()))
            .doFinally(_ -> ended.countDown())
            .subscribe(_ -> {}, e -> log.error("delivery ended", e));
  }

  private void startReader() {
    if (!stopping) {
      reader = WatermarkedReader.start(setup, handler);
    }
  }

  private List<Mono<Void>> loops() {
    var sending =
        Flux.fromIterable(dispatchers)
            .flatMap(
                dispatcher ->
                    once("settling", dispatcher.settle())
                        .then(loop("sending", dispatcher::round, IDLE)),
                Math.max(1, dispatchers.size()))
            .then();
    var settling =
        Flux.fromIterable(dispatchers).concatMap(Dispatcher::settle).then(Mono.just(false));
    return List.of(
        loop("release", () -> release.releasePlanned().map(moved -> moved > 0), IDLE),
        loop("review", () -> release.reviewOthers().thenReturn(false), REVIEW),
        loop("outbox", () -> outbox.publish().map(written -> written > 0), IDLE),
        loop(
            "settling",
            () -> Mono.delay(SETTLE).takeUntilOther(stop.asMono()).then(settling),
            IDLE),
        once("catching up", caughtUp.reached()).then(sending));
  }

  private Mono<Void> loop(String name, Supplier<Mono<Boolean>> step, Duration idle) {
    return Mono.defer(step)
        .onErrorResume(e -> {
          log.warn("{} failed, trying again: {}", name, e.toString());
          return pause(AFTER_ERROR).thenReturn(true);
        })
        .flatMap(worked -> worked ? Mono.<Void>empty() : pause(idle))
        .repeat(() -> !stopping)
        .then();
  }

  private Mono<Void> once(String name, Mono<Void> step) {
    return step.retryWhen(
            Retry.fixedDelay(Long.MAX_VALUE, AFTER_ERROR)
                .doBeforeRetry(
                    s -> log.warn("{} failed, trying again: {}", name, s.failure().toString())))
        .takeUntilOther(stop.asMono());
  }

  private Mono<Void> pause(Duration time) {
    return Mono.delay(time).then().takeUntilOther(stop.asMono());
  }

  /** What keeps the reader from reading; empty when nothing does. */
  Optional<String> trouble() {
    var started = reader;
    return started == null
        ? Optional.of("the ledger's tables are not there yet")
        : started.trouble();
  }

  @Override
  public void stop() {
    stopping = true;
    stop.tryEmitEmpty();
    try {
      if (!ended.await(stopWithin.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("requests were still running when the time to stop was over");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (running != null) {
      running.dispose();
    }
    if (reader != null) {
      reader.close();
    }
  }

  @Override
  public boolean isRunning() {
    return running != null && !stopping;
  }
}
