package facesort.worker;

import java.time.Clock;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * What is known about something outside that tasks need. Every call to it is told here; nothing is
 * decided here. Any number of threads may use it.
 */
final class Dependency {

  private final String name;
  private final Clock clock;
  private final Mono<Boolean> probe;
  private volatile @Nullable Instant lastSuccess;
  private volatile @Nullable Instant lastFailure;

  /**
   * Of which nothing is known yet.
   *
   * @param name one word, such as "storage"
   * @param probe asks it something that does not matter; true when it answers; never an error
   */
  Dependency(String name, Clock clock, Mono<Boolean> probe) {
    this.name = name;
    this.clock = clock;
    this.probe = probe;
  }

  String name() {
    return name;
  }

  /** A call was answered; that the answer was "no such thing" does not matter. */
  void succeeded() {
    lastSuccess = clock.instant();
  }

  /** A call was not answered, or with an error that has nothing to do with what was asked. */
  void failed() {
    lastFailure = clock.instant();
  }

  /** When a call was answered last; null = never. */
  @Nullable Instant lastSuccess() {
    return lastSuccess;
  }

  /** When a call failed last; null = never. */
  @Nullable Instant lastFailure() {
    return lastFailure;
  }

  /** Asks it now, and counts that as a call. */
  Mono<Boolean> answers() {
    return probe.doOnNext(up -> {
      if (up) {
        succeeded();
      } else {
        failed();
      }
    });
  }

  /**
   * True when no call was answered after that failure: then the failure says nothing about the
   * object that was asked for.
   */
  boolean isDown(Instant firstFailure) {
    var answered = lastSuccess;
    return answered == null || !answered.isAfter(firstFailure);
  }
}
