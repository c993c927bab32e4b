package facesort.bench.projector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.bench.projector.Corpus.Photo;
import facesort.bench.projector.Corpus.Truth;
import facesort.schemas.DeliveryDone;
import facesort.schemas.DeliveryState;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CorpusTest {
  private final Corpus corpus = new Corpus("job", 203, 4);

  @Test
  void truth_countsEachPhotoOnce() {
    for (int job = 0; job < 4; job++) {
      Truth truth = corpus.truth(job);

      assertThat(truth.submitted()).isEqualTo(corpus.photosOf(job));
      assertThat(
              truth.matched()
                  + truth.noMatch()
                  + truth.noFace()
                  + truth.duplicate()
                  + truth.failed())
          .isEqualTo(truth.submitted());
      assertThat(truth.pairs()).isEqualTo(3 * truth.matched());
    }
    assertThat(IntStream.range(0, 4).map(corpus::photosOf).sum()).isEqualTo(203);
  }

  @Test
  void photos_areAllDifferentAndOfTheirJob() {
    List<Photo> photos = IntStream.range(0, 203).mapToObj(corpus::photo).toList();

    assertThat(new HashSet<>(photos)).hasSize(203);
    for (int job = 0; job < 4; job++) {
      String id = corpus.job(job);
      assertThat(photos)
          .filteredOn(photo -> photo.jobId().equals(id))
          .hasSize(corpus.photosOf(job));
    }
  }

  @Test
  void deliveries_endWithEachFriendSentOnce() {
    Photo photo = new Photo("job", 10);
    List<DeliveryDone> said = new PhotoEvents(Clock.systemUTC(), 0).deliveries(photo);

    assertThat(said).hasSize(4);
    assertThat(said.getFirst().getState()).isEqualTo(DeliveryState.UNKNOWN);
    assertThat(said)
        .filteredOn(done -> done.getState() == DeliveryState.SENT)
        .extracting(DeliveryDone::getFriendId)
        .containsExactlyInAnyOrderElementsOf(new HashSet<>(photo.friends()))
        .hasSize(3);
  }

  @Test
  void corpus_withFewerTasksThanJobs_isRefused() {
    assertThatThrownBy(() -> new Corpus("job", 3, 4)).isInstanceOf(IllegalArgumentException.class);
  }
}
