package facesort.inference.match;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.face.Embedding;
import facesort.schemas.EventIds;
import facesort.schemas.Exemplar;
import facesort.schemas.GalleryState;
import facesort.schemas.MatchCandidate;
import facesort.service.Followed;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Readers beside writers: version v of a friend is at the angle that v says, in each exemplar. */
class GalleryChangesTest {
  private static final String OWNER = "owner";
  private static final int FRIENDS = 8;
  private static final int EXEMPLARS = 4;
  private static final int VERSIONS = 400;
  private static final Embedding FACE = Embedding.of(1, 0);

  private final Galleries galleries = new Galleries((partition, from, end) -> true);

  @Test
  void queries_seeEachFriendWholeAndNeverOlderThanBefore_whileFriendsChange() throws Exception {
    change(1);
    try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
      Future<?> writer =
          threads.submit(() -> IntStream.rangeClosed(2, VERSIONS).forEach(this::change));
      List<Future<Integer>> readers =
          List.of(threads.submit(() -> read(writer)), threads.submit(() -> read(writer)));

      writer.get();
      for (Future<Integer> reader : readers) {
        assertThat(reader.get()).isPositive();
      }
    }
    assertThat(galleries.of(OWNER).friends())
        .hasSize(FRIENDS)
        .allMatch(friend -> friend.profileVersion() == VERSIONS);
  }

  private int read(Future<?> writer) {
    Map<String, Long> seen = new HashMap<>();
    int queries = 0;
    do {
      Gallery gallery = galleries.of(OWNER);
      assertThat(gallery.friends()).hasSize(FRIENDS);
      List<MatchCandidate> nearest = gallery.nearest("space", List.of(FACE)).getFirst();
      assertThat(nearest).hasSize(5);
      for (MatchCandidate candidate : nearest) {
        long version = candidate.getProfileVersion();
        assertThat(candidate.getScore()).isEqualTo(FACE.cosine(at(version)));
        assertThat(version).isGreaterThanOrEqualTo(seen.getOrDefault(candidate.getFriendId(), 0L));
        seen.put(candidate.getFriendId(), version);
      }
      queries++;
    } while (!writer.isDone());
    return queries;
  }

  private void change(int version) {
    for (int friend = 0; friend < FRIENDS; friend++) {
      String id = "friend" + friend;
      String key = EventIds.friendKey(OWNER, id);
      galleries.profile(new Followed<>(key, Records.profile(id, version, true), 0, version));
      galleries.gallery(
          new Followed<>(
              key,
              Records.gallery(id, version, GalleryState.ACCEPTED, exemplars(version)),
              0,
              version));
    }
  }

  private static Embedding at(long version) {
    return Embedding.of((float) Math.cos(version * 1e-3), (float) Math.sin(version * 1e-3));
  }

  private static List<Exemplar> exemplars(long version) {
    return Collections.nCopies(EXEMPLARS, Records.exemplar(at(version)));
  }
}
