package facesort.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import facesort.delivery.ledger.Ledger;
import facesort.delivery.ledger.LedgerRows;
import facesort.delivery.send.AlbumLimits;
import facesort.delivery.send.BackOff;
import facesort.delivery.send.DeliveryChannel;
import facesort.delivery.send.Dispatcher;
import facesort.delivery.send.Item;
import facesort.delivery.send.SendOutcome;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Channel;
import facesort.service.ObjectStore;
import facesort.service.ServiceConfiguration;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Rounds on the real ledger and bucket, with a channel that does what no real one can be told. */
@ExtendWith(LocalStackExtension.class)
class DispatcherIT {

  private static final Duration LIMIT = Duration.ofSeconds(30);

  @Test
  void round_finishesOneFriendsRequestThoughAnothersAlbumFails(StackAddresses stack) {
    var database = LedgerRows.open(stack);
    var rows = new LedgerRows(database);
    var ledger = new Ledger(database, Clock.systemUTC(), new Ledger.Claimer(0, "one"));
    var channel = new BreaksForBen();
    var pairs = new ArrayList<>(rows.released(Channel.EMAIL, "anna", 1));
    pairs.addAll(rows.released(Channel.EMAIL, "ben", 1));
    try (var s3 = new ServiceConfiguration().s3(World.settings(stack))) {
      var photos = new ObjectStore(s3, stack.bucket());
      for (var pair : pairs) {
        photos.put(pair.source().getKey(), new byte[] {1, 2, 3, 4}, "image/jpeg").block(LIMIT);
      }
      var dispatcher =
          new Dispatcher(
              ledger,
              channel,
              photos,
              new BackOff(Clock.systemUTC(), Duration.ofMillis(1), Duration.ofMillis(1)),
              new Dispatcher.Pace(2, 2, Duration.ofHours(1)),
              Mono.never());
      var round = dispatcher.round().toFuture();
      await().atMost(LIMIT).until(() -> rows.states().contains("SENDING") && channel.benFailed);

      channel.answer.tryEmitValue(new SendOutcome.Sent(List.of("7"))).orThrow();

      assertThat(round).succeedsWithin(LIMIT);
      assertThat(rows.states()).containsExactly("SENT", "RELEASED");
    } finally {
      database.dispose();
    }
  }

  /** Fails before Ben's request, and only once Anna's is on its way. */
  private static final class BreaksForBen implements DeliveryChannel {

    private final Sinks.One<SendOutcome> answer = Sinks.one();
    private final Sinks.Empty<Void> annaIsOnHerWay = Sinks.empty();
    private volatile boolean benFailed;

    @Override
    public Channel channel() {
      return Channel.EMAIL;
    }

    @Override
    public AlbumLimits limits() {
      return new AlbumLimits(10, 100, 1000, 100);
    }

    @Override
    public boolean repeatable() {
      return false;
    }

    @Override
    public Mono<Void> permit(String address, int photos) {
      if (address.equals("anna")) {
        return Mono.empty();
      }
      return annaIsOnHerWay
          .asMono()
          .then(Mono.error(new IllegalStateException("Ben's chat is broken")));
    }

    @Override
    public Mono<SendOutcome> send(String address, List<Item> items) {
      annaIsOnHerWay.tryEmitEmpty();
      benFailed = true;
      return answer.asMono();
    }
  }
}
