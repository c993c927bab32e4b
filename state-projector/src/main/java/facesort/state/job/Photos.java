package facesort.state.job;

import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/** Photos of one job by id, in order, read one by one; to be closed. */
final class Photos implements Iterator<Map.Entry<String, PhotoFacts>>, AutoCloseable {

  private final Iterator<Map.Entry<String, PhotoFacts>> entries;
  private final Runnable close;
  private Map.@Nullable Entry<String, PhotoFacts> next;

  private Photos(Iterator<Map.Entry<String, PhotoFacts>> entries, Runnable close) {
    this.entries = entries;
    this.close = close;
    advance();
  }

  /** Those that are named; unknown ones have no facts. */
  static Photos named(Iterator<String> ids, Function<String, PhotoFacts> facts) {
    return new Photos(
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return ids.hasNext();
          }

          @Override
          public Map.Entry<String, PhotoFacts> next() {
            var id = ids.next();
            return Map.entry(id, facts.apply(id));
          }
        },
        () -> {});
  }

  /** Those of a range of the store, without its first when that is the one to begin behind. */
  static Photos stored(KeyValueIterator<String, PhotoFacts> range, int prefix, String after) {
    var photos =
        new Photos(
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                return range.hasNext();
              }

              @Override
              public Map.Entry<String, PhotoFacts> next() {
                var entry = range.next();
                return Map.entry(entry.key.substring(prefix), entry.value);
              }
            },
            range::close);
    if (photos.next != null && photos.next.getKey().equals(after)) {
      photos.advance();
    }
    return photos;
  }

  private void advance() {
    next = entries.hasNext() ? entries.next() : null;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public Map.Entry<String, PhotoFacts> next() {
    var found = next;
    if (found == null) {
      throw new NoSuchElementException();
    }
    advance();
    return found;
  }

  @Override
  public void close() {
    close.run();
  }
}
