package facesort.delivery.send;

import facesort.schemas.Channel;
import java.util.List;
import reactor.core.publisher.Mono;

/** A way out. Its methods may be called by several threads at once. */
public interface DeliveryChannel {

  /** Which one it is. */
  Channel channel();

  /** What one request takes. */
  AlbumLimits limits();

  /**
   * True when sending the same photo to the same address again changes nothing: then a request
   * whose end nobody saw is simply made again.
   */
  boolean repeatable();

  /**
   * Completes when the next request may be made, as rate limits and outages allow; waits without
   * limit and has no effect outside.
   *
   * @param address where it will go
   * @param photos how many photos it will have
   */
  Mono<Void> permit(String address, int photos);

  /**
   * Makes one request, once; it never tries again by itself. The answer comes within the channel's
   * time-out; an error instead of an answer is read as {@link SendOutcome.Unclear}.
   *
   * @param address where it goes; never logged
   * @param items at least one photo, as {@link #limits()} allows
   */
  Mono<SendOutcome> send(String address, List<Item> items);
}
