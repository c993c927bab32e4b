package facesort.worker.kit;

import static java.nio.charset.StandardCharsets.UTF_8;

import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.service.DeadLetters;
import facesort.service.Events;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Asks what must hold, by what can be seen from outside alone: what was sent, the committed events
 * and dead letters, and the groups' places. Nothing is asked of the workers.
 */
public final class Guarantees {
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final PrivateTopics topics;
  private final List<Sent> sent;
  private final List<Violation> violations = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> events;
  private final Map<String, List<ConsumerRecord<byte[], byte[]>>> letters;

  private Guarantees(PrivateTopics topics, List<Sent> sent) {
    this.topics = topics;
    this.sent = sent;
    this.events =
        TopicLog.committed(topics.clients(), topics.out().name()).stream()
            .collect(Collectors.groupingBy(Events::key));
    this.letters =
        Stream.of(topics.in(), topics.interactive())
            .flatMap(topic -> TopicLog.committed(topics.clients(), topic.deadLetters()).stream())
            .collect(Collectors.groupingBy(letter -> text(letter, DeadLetters.ORIGIN)));
  }

  /**
   * Waits until everything sent is behind the groups, for this long at most, and looks.
   *
   * @param limit how long it may take; what is stuck then is a violation
   */
  public static Guarantees of(PrivateTopics topics, Tasks tasks, Duration limit) {
    List<Violation> stuck = stuck(topics, limit);
    Guarantees guarantees = new Guarantees(topics, tasks.sent());
    guarantees.violations.addAll(stuck);
    guarantees.look();
    guarantees.notes.add(guarantees.summary());
    return guarantees;
  }

  /** What the digest of a photo's work must be. */
  public static String digest(String photo) {
    return Digest.of(photo.getBytes(UTF_8));
  }

  /** What does not hold. */
  public List<Violation> violations() {
    return List.copyOf(violations);
  }

  /** Adds what a test has found by other means. */
  public Guarantees and(Guarantee guarantee, boolean holds, String what) {
    check(guarantee, holds, what);
    return this;
  }

  /** How many tasks have their event. */
  public int published() {
    return events.size();
  }

  /** The longest time from a task to its event. */
  public Duration longestDelay() {
    return longestDelay(one -> true);
  }

  /** The longest time from one of these tasks to its event. */
  public Duration longestDelay(Predicate<Sent> which) {
    return Duration.ofMillis(
        sent.stream()
            .filter(which)
            .flatMapToLong(one ->
                events.getOrDefault(one.key(), List.of()).stream()
                    .mapToLong(event -> event.timestamp() - one.millis()))
            .max()
            .orElse(0));
  }

  /** How many dead letters there are. */
  public int held() {
    return letters.values().stream().mapToInt(List::size).sum();
  }

  /** Adds a figure to the line of the table of faults. */
  public Guarantees note(String figure) {
    notes.add(figure);
    return this;
  }

  /** Fails with all that does not hold; says what was found for the table of faults. */
  public void assertHold() {
    FaultTable.result("held: " + String.join(", ", notes));
    if (!violations.isEmpty()) {
      throw new AssertionError(
          violations.stream()
              .map(found -> found.guarantee() + ": " + found.what())
              .limit(20)
              .collect(
                  Collectors.joining(
                      "\n  ", "%d violations in %s\n  ".formatted(violations.size(), topics), "")));
    }
  }

  /** Counts in one line. */
  public String summary() {
    return "%d sent, %d events, %d dead letters, lost %d, doubled %d, innocents %d"
        .formatted(
            sent.size(),
            published(),
            held(),
            count(Guarantee.NOTHING_IS_LOST),
            count(Guarantee.NOTHING_IS_DOUBLED),
            count(Guarantee.NO_INNOCENT_IS_HELD));
  }

  private long count(Guarantee guarantee) {
    return violations.stream().filter(found -> found.guarantee() == guarantee).count();
  }

  private static List<Violation> stuck(PrivateTopics topics, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try (Admin admin = topics.clients().admin()) {
      while (true) {
        List<Violation> stuck = new ArrayList<>();
        for (Topic<TaskQueued> topic : List.of(topics.in(), topics.interactive())) {
          Map<TopicPartition, OffsetAndMetadata> places =
              TopicLog.places(admin, topics.group(topic));
          TopicLog.ends(admin, topic.name())
              .forEach((partition, last) -> {
                OffsetAndMetadata place = places.get(partition);
                if ((place == null ? 0 : place.offset()) < last) {
                  stuck.add(
                      new Violation(
                          Guarantee.NOBODY_IS_STUCK,
                          "%s has %d records, the group is at %s"
                              .formatted(partition, last, place)));
                }
              });
        }
        if (stuck.isEmpty() || System.nanoTime() > end) {
          return stuck;
        }
        Pause.of(LOOK_AGAIN);
      }
    }
  }

  private void look() {
    sent.forEach(this::look);
    Map<String, Sent> origins = new HashMap<>();
    sent.forEach(one -> origins.put(one.origin(), one));
    letters.forEach((origin, found) -> {
      Sent original = origins.get(origin);
      if (original == null) {
        check(Guarantee.DEAD_LETTERS_ARE_EXACT, false, "nobody sent " + origin);
      } else {
        found.forEach(letter -> exact(original, letter));
      }
    });
    Map<String, String> photos = new HashMap<>();
    sent.forEach(one -> photos.put(one.key(), one.photo()));
    events.forEach((key, found) -> found.forEach(event -> ofItsTask(photos.get(key), event)));
  }

  private void look(Sent one) {
    int published = events.getOrDefault(one.key(), List.of()).size();
    int held = letters.getOrDefault(one.origin(), List.of()).size();
    check(
        Guarantee.NOTHING_IS_DOUBLED,
        published <= 1 && held <= 1 && (published == 0 || held == 0),
        "%s has %d events and %d dead letters".formatted(named(one), published, held));
    switch (one.expected()) {
      case Expected.Published() -> {
        check(Guarantee.NOTHING_IS_LOST, published + held > 0, named(one) + " has no event");
        check(Guarantee.NO_INNOCENT_IS_HELD, held == 0, named(one) + " " + codes(one));
      }
      case Expected.Held(var code, int _) -> {
        check(Guarantee.NOTHING_IS_LOST, published + held > 0, named(one) + " has nothing");
        check(Guarantee.POISON_IS_HELD, held > 0, named(one) + " has no dead letter " + code);
      }
      case Expected.Nothing() ->
          check(
              Guarantee.ABORTED_IS_NOT_READ,
              published + held == 0,
              named(one) + " should have nothing");
      case Expected.Either() ->
          check(Guarantee.NO_INNOCENT_IS_HELD, held == 0, named(one) + " " + codes(one));
    }
  }

  private static String named(Sent one) {
    return (one.photo().isEmpty() ? one.key() : one.photo()) + " of " + one.origin();
  }

  private String codes(Sent one) {
    return letters.getOrDefault(one.origin(), List.of()).stream()
        .map(letter -> text(letter, DeadLetters.CODE) + " " + text(letter, DeadLetters.MESSAGE))
        .toList()
        .toString();
  }

  private void exact(Sent one, ConsumerRecord<byte[], byte[]> letter) {
    exact(one, "value", one.digest().equals(Digest.of(letter.value())));
    exact(one, "key", one.key().equals(Events.key(letter)));
    exact(one, "header", one.photo().equals(text(letter, Tasks.HEADER)));
    exact(one, "partition", one.partition() == letter.partition());
    if (one.expected() instanceof Expected.Held(var code, int attempts)) {
      exact(
          one,
          "code, which is " + codes(one) + ", not " + code,
          code.name().equals(text(letter, DeadLetters.CODE)));
      exact(
          one,
          "tries, which are " + text(letter, DeadLetters.ATTEMPTS) + ", not " + attempts,
          text(letter, DeadLetters.ATTEMPTS).equals(String.valueOf(attempts)));
    }
  }

  private void exact(Sent one, String part, boolean holds) {
    check(Guarantee.DEAD_LETTERS_ARE_EXACT, holds, named(one) + ": the dead letter's " + part);
  }

  private void ofItsTask(@Nullable String photo, ConsumerRecord<byte[], byte[]> event) {
    TaskQueued read = topics.events().read(topics.out(), event);
    check(
        Guarantee.EVENTS_ARE_OF_THEIR_TASK,
        photo != null && photo.equals(read.getPhotoId()) && digest(photo).equals(read.getSha256()),
        "%s has the event of %s with digest %s"
            .formatted(photo, read.getPhotoId(), read.getSha256()));
  }

  private void check(Guarantee guarantee, boolean holds, String what) {
    if (!holds) {
      violations.add(new Violation(guarantee, what));
    }
  }

  private static String text(ConsumerRecord<?, ?> record, String header) {
    Header found = record.headers().lastHeader(header);
    return found == null ? "" : new String(found.value(), UTF_8);
  }
}
