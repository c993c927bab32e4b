package facesort.state.wrong;

import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Breaks: only runners wait. */
public record Blocks(Mono<String> work) {
  @Nullable String waits() {
    return work.block();
  }
}
