package facesort.state.web;

import facesort.state.readmodel.AsOf;
import java.time.Instant;
import org.springframework.http.HttpHeaders;

/** The headers of every answer that say how old it may be, and where it is from. */
final class Currency {

  /** Everything before this instant is in the answer. */
  static final String AS_OF = "X-Facesort-As-Of";

  /** True when that is longer ago than it should be. */
  static final String STALE = "X-Facesort-Stale";

  /** The read model ({@code postgres}), or the topology and its topics ({@code store}). */
  static final String SOURCE = "X-Facesort-Source";

  static final String POSTGRES = "postgres";
  static final String STORE = "store";

  private Currency() {}

  static void write(HttpHeaders headers, AsOf asOf, String source) {
    headers.set(AS_OF, asOf.asOf().toString());
    headers.set(STALE, Boolean.toString(asOf.stale()));
    headers.set(SOURCE, source);
  }

  /** Of an answer that is not from the read model. */
  static void writeStore(HttpHeaders headers, Instant asOf, boolean stale) {
    write(headers, new AsOf(asOf, stale), STORE);
  }
}
