package facesort.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class DependencyTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final InstantSource time = now::get;
  private final Clock clock = time.withZone(ZoneOffset.UTC);
  private final Dependency storage = new Dependency("storage", clock, Mono.just(true));

  @Test
  void isDown_whenNothingWasEverAnswered() {
    assertThat(storage.lastSuccess()).isNull();
    assertThat(storage.isDown(START)).isTrue();
  }

  @Test
  void isDown_whenTheLastAnswerIsFromBeforeTheFailure() {
    storage.succeeded();
    at(3);
    storage.failed();

    assertThat(storage.isDown(START.plusSeconds(3))).isTrue();
    assertThat(storage.lastFailure()).isEqualTo(START.plusSeconds(3));
  }

  @Test
  void isDown_whenTheAnswerMayHaveComeJustBeforeTheFailure() {
    storage.succeeded();

    assertThat(storage.isDown(START)).isTrue();
  }

  @Test
  void isUp_whenAnotherCallWasAnsweredSince() {
    storage.failed();
    at(1);
    storage.succeeded();
    at(2);
    storage.failed();

    assertThat(storage.isDown(START)).isFalse();
    assertThat(storage.isDown(START.plusSeconds(2))).isTrue();
  }

  @Test
  void answers_countsAsACall() {
    at(1);
    assertThat(storage.answers().block()).isTrue();
    assertThat(storage.lastSuccess()).isEqualTo(START.plusSeconds(1));

    var away = new Dependency("storage", clock, Mono.just(false));
    assertThat(away.answers().block()).isFalse();
    assertThat(away.lastSuccess()).isNull();
    assertThat(away.lastFailure()).isEqualTo(START.plusSeconds(1));
  }

  private void at(int seconds) {
    now.set(START.plusSeconds(seconds));
  }
}
