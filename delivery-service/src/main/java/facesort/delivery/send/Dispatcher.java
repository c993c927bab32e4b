package facesort.delivery.send;

import facesort.delivery.ledger.Ledger;
import facesort.delivery.ledger.ReleasedGroup;
import facesort.delivery.ledger.ReleasedPair;
import facesort.schemas.DeliveryState;
import facesort.schemas.FailureCode;
import facesort.service.ObjectStore;
import facesort.service.ObjectStoreException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * Sends what is released for one channel. The order of steps is the promise: photos are fetched and
 * the channel's permit is awaited first, then the claim is committed, then the request is made,
 * then its outcome is recorded. A process that dies before the claim has done nothing; one that
 * dies after it leaves a claim that is settled at the next start.
 *
 * <p>Nothing here repeats a request. Only the ledger's own statements are repeated until the
 * database answers: a claim and a mark carry the attempt's id and change nothing the second time.
 */
public final class Dispatcher {

  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  /** Pairs of a friend looked at in one round: two full albums. */
  private static final int PAIRS = 20;

  private final Ledger ledger;
  private final DeliveryChannel channel;
  private final ObjectStore photos;
  private final BackOff storage;
  private final Pace pace;
  private final Mono<Void> stop;
  private volatile boolean stopping;

  /**
   * How much at once.
   *
   * @param albums albums in work at the same time, each of another job or friend; each holds its
   *     photos in memory
   * @param fetches photos of one album fetched at the same time
   * @param longestClaim after this long a claim of any instance counts as left behind
   */
  public record Pace(int albums, int fetches, Duration longestClaim) {}

  /**
   * @param storage keeps fetches back while the object store is down
   * @param stop completes when no new claim may be made; the running requests are finished
   */
  public Dispatcher(
      Ledger ledger,
      DeliveryChannel channel,
      ObjectStore photos,
      BackOff storage,
      Pace pace,
      Mono<Void> stop) {
    this.ledger = ledger;
    this.channel = channel;
    this.photos = photos;
    this.storage = storage;
    this.pace = pace;
    this.stop = stop.doOnTerminate(() -> stopping = true).cache();
  }

  /** Settles what earlier processes left behind; to be done before the first round. */
  public Mono<Void> settle() {
    return ledger
        .settleLeft(channel.channel(), channel.repeatable(), pace.longestClaim())
        .doOnNext(left -> {
          if (left > 0) {
            log.atWarn()
                .addKeyValue("channel", name())
                .addKeyValue("pairs", left)
                .log("claims of ended processes were settled");
          }
        })
        .then();
  }

  /** Sends the next album of every friend that has one; true when there was any. */
  public Mono<Boolean> round() {
    return storage
        .passed()
        .takeUntilOther(stop)
        .then(Mono.defer(() -> ledger.released(channel.channel(), PAIRS)))
        .flatMapMany(Flux::fromIterable)
        .flatMap(this::send, pace.albums())
        .reduce(false, Boolean::logicalOr);
  }

  private Mono<Boolean> send(ReleasedGroup group) {
    return Flux.fromIterable(Albums.cut(group.pairs(), channel.limits()))
        .concatMap(album -> send(group.address(), album))
        .then(Mono.just(true))
        .onErrorResume(e -> Mono.just(failed(e)));
  }

  /** Of one friend's album: it must not cancel another friend's request that is on its way. */
  private boolean failed(Throwable cause) {
    if (cause instanceof ObjectStoreException e) {
      return storageDown(e);
    }
    log.warn("an album was not sent, trying again, channel={}: {}", name(), cause.toString());
    return false;
  }

  private boolean storageDown(ObjectStoreException cause) {
    storage.failed();
    log.warn(
        "photos cannot be fetched, waitMillis={}: {}", storage.left().toMillis(), cause.kind());
    return false;
  }

  private Mono<Void> send(String address, List<ReleasedPair> album) {
    return fetch(album)
        .filter(items -> !items.isEmpty())
        .flatMap(items ->
            channel
                .permit(address, items.size())
                .takeUntilOther(stop)
                .then(Mono.defer(() -> attempt(address, items))));
  }

  private Mono<List<Item>> fetch(List<ReleasedPair> album) {
    if (stopping) {
      return Mono.empty();
    }
    return Flux.fromIterable(album).flatMapSequential(this::fetch, pace.fetches()).collectList();
  }

  private Mono<Item> fetch(ReleasedPair pair) {
    return photos
        .get(pair.source(), channel.limits().maxBytes())
        .doOnSuccess(_ -> storage.succeeded())
        .map(bytes -> new Item(pair, bytes))
        .onErrorResume(
            ObjectStoreException.class, e -> e.kind().mayPass() ? Mono.error(e) : gone(pair, e));
  }

  private Mono<Item> gone(ReleasedPair pair, ObjectStoreException cause) {
    var tooBig = cause.kind() == ObjectStoreException.Kind.TOO_LARGE;
    return ledger
        .close(
            pair.key(),
            tooBig ? DeliveryState.REFUSED : DeliveryState.FAILED,
            tooBig ? FailureCode.TOO_BIG : cause.kind().code(),
            tooBig ? "larger than the channel takes" : "the photo cannot be read")
        .retryWhen(untilAnswered())
        .then(Mono.empty());
  }

  private Mono<Void> attempt(String address, List<Item> items) {
    if (stopping) {
      return Mono.empty();
    }
    var attempt = UUID.randomUUID().toString();
    var pairs = items.stream().map(Item::pair).toList();
    return ledger
        .claim(attempt, pairs)
        .retryWhen(untilAnswered())
        .filter(claimed -> claimed)
        .flatMap(_ -> request(address, items))
        .flatMap(outcome -> record(attempt, pairs, outcome).retryWhen(untilAnswered()));
  }

  private Mono<SendOutcome> request(String address, List<Item> items) {
    return Mono.defer(() -> channel.send(address, items))
        .onErrorResume(e -> {
          log.error("a channel failed without an answer, channel={} {}", name(), e.getClass());
          return Mono.just(new SendOutcome.Unclear("failed: " + e.getClass().getSimpleName()));
        });
  }

  private Mono<Void> record(String attempt, List<ReleasedPair> pairs, SendOutcome outcome) {
    var first = pairs.getFirst().key();
    log.atInfo()
        .addKeyValue("jobId", first.jobId())
        .addKeyValue("friendId", first.friendId())
        .addKeyValue("channel", name())
        .addKeyValue("photos", pairs.size())
        .addKeyValue("attempt", attempt)
        .log("album: {}", outcome.getClass().getSimpleName());
    return switch (outcome) {
      case SendOutcome.Sent(var ids) -> ledger.sent(attempt, pairs, ids);
      case SendOutcome.Unclear(var message) -> ledger.unclear(attempt, message);
      case SendOutcome.Refused(var code, var message) -> ledger.refused(attempt, code, message);
      case SendOutcome.RefusedTogether _ -> ledger.notSent(attempt, true);
      case SendOutcome.NotSent(var message) -> {
        log.warn("nothing went out, trying again later, channel={}: {}", name(), message);
        yield ledger.notSent(attempt, false);
      }
    };
  }

  private static Retry untilAnswered() {
    return Retry.backoff(Long.MAX_VALUE, Duration.ofMillis(200))
        .maxBackoff(Duration.ofSeconds(5))
        .doBeforeRetry(signal ->
            log.warn("the ledger does not answer, trying again: {}", signal.failure().toString()));
  }

  private String name() {
    return channel.channel().name();
  }
}
