package facesort.state.live;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.JobStatus;
import facesort.state.job.Records;
import facesort.state.live.JobFeed.Latest;
import facesort.state.query.JobView;
import facesort.state.query.SettledLately;
import facesort.state.query.StatusView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxSink;

class JobClientTest {

  private static final String OWNER = "olga";

  private static final JobView VIEW =
      StatusView.of(Records.of("any", OWNER).status(1), new SettledLately(), Instant.EPOCH);

  private final List<String> told = new ArrayList<>();
  private final AtomicReference<@Nullable JobClient> client = new AtomicReference<>();
  private final AtomicReference<@Nullable Subscription> taking = new AtomicReference<>();

  private static Latest latest(String job, int partition, long offset) {
    return latest(OWNER, job, partition, offset);
  }

  private static Latest latest(String owner, String job, int partition, long offset) {
    return new Latest(Records.of(job, owner).status((int) offset), partition, offset);
  }

  /** A client that takes nothing before it is told to. */
  private JobClient join(String lastEventId, List<Latest> known, long... ends) {
    Function<FluxSink<JobChange>, JobClient> made =
        sink ->
            new JobClient(
                sink,
                status -> status.getOwnerId().equals(OWNER),
                Position.parse(lastEventId, 2).orElse(Position.start(2)),
                (position, status) -> {
                  told.add(position.id() + " " + name(status));
                  return new JobChange(position.id(), VIEW);
                });
    Flux.<JobChange>create(
            sink -> {
              var joined = made.apply(sink);
              client.set(joined);
              joined.begin(known, ends);
              sink.onRequest(count -> joined.tell());
            },
            FluxSink.OverflowStrategy.ERROR)
        .subscribe(
            new BaseSubscriber<>() {
              @Override
              protected void hookOnSubscribe(Subscription subscription) {
                taking.set(subscription);
              }
            });
    return Objects.requireNonNull(client.get());
  }

  private void take(int events) {
    Objects.requireNonNull(taking.get()).request(events);
  }

  private static String name(JobStatus status) {
    return status.getJobId() + "@" + status.getPhotos().getSubmitted();
  }

  @Test
  void newClient_isToldEveryJobOfItsOwner_inOrder_withIdsThatMissNothing() {
    join(
        "",
        List.of(
            latest("b", 1, 3), latest("a", 0, 7), latest("stranger", "x", 0, 5), latest("c", 0, 2)),
        8,
        4);

    take(10);

    assertThat(told).containsExactly("3.0 c@2", "8.0 a@7", "8.4 b@3");
  }

  @Test
  void clientThatComesBack_isToldWhatChangedSince() {
    join("3.0", List.of(latest("c", 0, 2), latest("a", 0, 7), latest("b", 1, 3)), 8, 4);

    take(10);

    assertThat(told).containsExactly("8.0 a@7", "8.4 b@3");
  }

  @Test
  void idBeyondTheTopic_isOneOfAnotherTopic() {
    join("9.0", List.of(latest("a", 0, 7)), 8, 0);

    take(10);

    assertThat(told).containsExactly("8.0 a@7");
  }

  @Test
  void slowClient_isToldTheNewestStatusOfEachJob_once() {
    var joined = join("", List.of(latest("a", 0, 0)), 1, 0);
    IntStream.range(1, 10_000).forEach(offset -> joined.changed(latest("a", 0, offset)));
    joined.changed(latest("b", 0, 10_000));
    joined.tell();
    assertThat(told).isEmpty();

    take(1);
    assertThat(told).containsExactly("10000.0 a@9999");
    take(5);

    assertThat(told).containsExactly("10000.0 a@9999", "10001.0 b@10000");
  }

  @Test
  void idOfAClient_neverPassesWhatItWasNotTold() {
    var joined = join("", List.of(latest("a", 0, 4), latest("b", 0, 6)), 7, 0);

    take(1);
    joined.changed(latest("a", 0, 9));
    take(5);

    assertThat(told).containsExactly("5.0 a@4", "7.0 b@6", "10.0 a@9");
  }

  @Test
  void textsThatAreNoId_areNone() {
    assertThat(Position.parse(null, 2)).isEmpty();
    assertThat(Position.parse("", 2)).isEmpty();
    assertThat(Position.parse("1", 2)).isEmpty();
    assertThat(Position.parse("1.x", 2)).isEmpty();
    assertThat(Position.parse("1.2.3", 2)).isEmpty();
    assertThat(Position.parse("1.-2", 2)).isEmpty();
    assertThat(Position.parse("1.99999999999999999999", 2)).isEmpty();
    assertThat(Position.parse("1.2", 2).map(Position::id)).contains("1.2");
  }
}
