package facesort.ingest.photo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Puts the chunks of one request together to parts. Chunks come one after another from any thread;
 * {@link #close} may come at any time, also in the middle of a chunk.
 */
final class PartAssembly {

  private final Spool spool;
  private final ToLongFunction<String> maxBytes;
  private @Nullable SpooledBytes current;
  private boolean atStart = true;
  private boolean closed;
  private @Nullable Throwable failure;

  PartAssembly(Spool spool, ToLongFunction<String> maxBytes) {
    this.spool = spool;
    this.maxBytes = maxBytes;
  }

  /** The part that this chunk completes, if it does. Gives the part before it back. */
  synchronized Optional<ReceivedPart> accept(PartChunk chunk) {
    if (closed) {
      return Optional.empty();
    }
    try {
      var bytes = atStart || current == null ? next(chunk.name()) : current;
      bytes.append(chunk.bytes());
      atStart = chunk.last();
      return chunk.last()
          ? Optional.of(bytes.finish(chunk.name(), FileName.of(chunk.filename())))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keeps why a part could not be handled, and takes no more. */
  synchronized void fail(Throwable why) {
    failure = why;
    close();
  }

  /** Why a part could not be handled; empty when all were. */
  synchronized <T> Mono<T> failure() {
    return failure == null ? Mono.empty() : Mono.error(failure);
  }

  /** Gives everything back. */
  synchronized void close() {
    closed = true;
    try {
      discard();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private SpooledBytes next(String name) throws IOException {
    discard();
    var opened = spool.open(maxBytes.applyAsLong(name));
    current = opened;
    return opened;
  }

  private void discard() throws IOException {
    if (current != null) {
      current.discard();
      current = null;
    }
  }
}
