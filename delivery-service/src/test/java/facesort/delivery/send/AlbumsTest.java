package facesort.delivery.send;

import static facesort.delivery.send.Photos.pair;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.delivery.ledger.ReleasedPair;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlbumsTest {

  private static final AlbumLimits LIMITS = new AlbumLimits(10, 100, 450, 500);

  @ParameterizedTest
  @CsvSource({"0,0", "1,1", "2,1", "10,1", "11,2", "25,3"})
  void cut_fillsAlbumsUpToTheLimit(int photos, int albums) {
    var cut = Albums.cut(photos(photos, 10L), LIMITS);

    assertThat(cut).hasSize(albums).allSatisfy(album -> assertThat(album).hasSizeLessThan(11));
    assertThat(cut.stream().flatMap(List::stream)).containsExactlyElementsOf(photos(photos, 10L));
  }

  @Test
  void cut_keepsAlbumsBelowTheBytesOfARequest() {
    assertThat(sizes(Albums.cut(photos(10, 100L), LIMITS))).containsExactly(4, 4, 2);
  }

  @Test
  void cut_sendsLargePhotosAloneWithoutBreakingTheAlbumAround() {
    var pairs = List.of(pair("a", 10L), pair("large", 101L), pair("b", 10L));

    assertThat(ids(Albums.cut(pairs, LIMITS)))
        .containsExactlyInAnyOrder(List.of("large"), List.of("a", "b"));
  }

  @Test
  void cut_sendsAPhotoOfUnknownSizeAlone() {
    assertThat(ids(Albums.cut(List.of(pair("a", null), pair("b", 1L)), LIMITS)))
        .containsExactlyInAnyOrder(List.of("a"), List.of("b"));
  }

  @Test
  void cut_sendsAPhotoAloneWhoseAlbumWasRefused() {
    var refused = pair("a", 1L, "a.jpg", true);

    assertThat(ids(Albums.cut(List.of(refused, pair("b", 1L)), LIMITS)))
        .containsExactlyInAnyOrder(List.of("a"), List.of("b"));
  }

  private static List<ReleasedPair> photos(int count, Long length) {
    return IntStream.range(0, count).mapToObj(i -> pair("p" + i, length)).toList();
  }

  private static List<Integer> sizes(List<List<ReleasedPair>> albums) {
    return albums.stream().map(List::size).toList();
  }

  private static List<List<String>> ids(List<List<ReleasedPair>> albums) {
    return albums.stream()
        .map(album -> album.stream().map(pair -> pair.key().photoId()).toList())
        .toList();
  }
}
