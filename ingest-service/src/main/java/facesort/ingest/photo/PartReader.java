package facesort.ingest.photo;

import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.codec.multipart.FilePartEvent;
import org.springframework.http.codec.multipart.PartEvent;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Reads a multipart request one part at a time: a part is spooled, handled, and given back before
 * the next one is touched, so that a request never has more than one part here. Nothing is read
 * from the network while a part is being handled.
 */
public final class PartReader {

  private final Spool spool;

  /** Over the one spool of the process. */
  public PartReader(Spool spool) {
    this.spool = spool;
  }

  /**
   * Handles the parts in the order they come, each after the one before it is done. After a failure
   * the rest of the request is read and thrown away before the failure is passed on: whoever still
   * sends would otherwise see a broken connection and not the answer.
   *
   * @param maxBytes how many bytes of a part to keep, by the part's name
   * @param handler what to do with a part; its content is there until the answer is given
   */
  public <T> Flux<T> read(
      Flux<PartEvent> events,
      ToLongFunction<String> maxBytes,
      Function<ReceivedPart, Mono<T>> handler) {
    return Flux.using(
        () -> new PartAssembly(spool, maxBytes),
        assembly ->
            events
                .map(PartReader::copied)
                .concatMap(chunk -> handled(assembly, chunk, handler), 0)
                .concatWith(Mono.defer(assembly::failure)),
        PartAssembly::close);
  }

  private static <T> Mono<T> handled(
      PartAssembly assembly, PartChunk chunk, Function<ReceivedPart, Mono<T>> handler) {
    return Mono.defer(() -> Mono.justOrEmpty(assembly.accept(chunk)))
        .subscribeOn(Schedulers.boundedElastic())
        .flatMap(handler)
        .onErrorResume(error -> {
          assembly.fail(error);
          return Mono.empty();
        });
  }

  /** Copies the bytes at once, so that no pooled buffer can be lost when the request ends early. */
  private static PartChunk copied(PartEvent event) {
    var content = event.content();
    var bytes = new byte[content.readableByteCount()];
    content.read(bytes);
    DataBufferUtils.release(content);
    var filename = event instanceof FilePartEvent file ? file.filename() : null;
    return new PartChunk(event.name(), filename, bytes, event.isLast());
  }
}
