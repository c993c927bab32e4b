package facesort.local.telegram;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What users sent to the bot, until it was fetched; any thread. */
final class Updates {
  private final List<JsonNode> waiting = new ArrayList<>();
  private long lastId;

  /** Takes an update without its id and hands it to whoever polls. */
  synchronized void add(ObjectNode update) {
    lastId++;
    update.put("update_id", lastId);
    waiting.add(update);
    notifyAll();
  }

  /** As getUpdates: forgets everything below the offset, waits for one update at most. */
  synchronized List<JsonNode> fetch(long offset, int limit, Duration timeout)
      throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    waiting.removeIf(update -> update.path("update_id").asLong() < offset);
    while (waiting.isEmpty() && System.nanoTime() < end) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
    return List.copyOf(waiting.subList(0, Math.min(limit, waiting.size())));
  }
}
