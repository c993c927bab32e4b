package facesort.ingest.job;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.ingest.photo.Sha256;
import facesort.schemas.ReleasePolicy;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RequestHashTest {

  private static final JobRequest REQUEST = request("wedding", ReleasePolicy.AUTO, false, false);
  private static final List<ManifestPhoto> PHOTOS =
      List.of(upload("a.jpg", "1"), key("k/b.jpg", "e"));
  private static final String HASH = RequestHash.of(REQUEST, PHOTOS);

  @Test
  void of_doesNotDependOnWhatTheStoreAnswered() {
    var later = List.of(upload("a.jpg", "1"), key("k/b.jpg", null));

    assertThat(RequestHash.of(REQUEST, later)).isEqualTo(HASH);
  }

  @ParameterizedTest
  @MethodSource
  void of_differsWhenTheRequestDoes(JobRequest request, List<ManifestPhoto> photos) {
    assertThat(RequestHash.of(request, photos)).isNotEqualTo(HASH);
  }

  static Stream<Arguments> of_differsWhenTheRequestDoes() {
    return Stream.of(
        changed(request(null, ReleasePolicy.AUTO, false, false), PHOTOS),
        changed(request("wedding", ReleasePolicy.DRY_RUN, false, false), PHOTOS),
        changed(request("wedding", ReleasePolicy.AUTO, true, false), PHOTOS),
        changed(request("wedding", ReleasePolicy.AUTO, false, true), PHOTOS),
        changed(REQUEST, PHOTOS.reversed()),
        changed(REQUEST, List.of(upload("a.jpg", "2"), key("k/b.jpg", "e"))),
        changed(REQUEST, List.of(upload("x.jpg", "1"), key("k/b.jpg", "e"))),
        changed(REQUEST, List.of(upload("a.jpg", "1"), key("k/c.jpg", "e"))),
        changed(REQUEST, PHOTOS.subList(0, 1)));
  }

  private static Arguments changed(JobRequest request, List<ManifestPhoto> photos) {
    return Arguments.of(request, photos);
  }

  private static JobRequest request(
      @Nullable String name, ReleasePolicy release, boolean keepOriginals, boolean deleteSource) {
    return new JobRequest(
        "demo", "key", name, release, null, List.of(), keepOriginals, deleteSource);
  }

  private static ManifestPhoto upload(String filename, String content) {
    return new ManifestPhoto("p", filename, "k", "e", 1L, Sha256.of(content), null, null, null);
  }

  private static ManifestPhoto key(String key, @Nullable String etag) {
    return new ManifestPhoto("p", "b.jpg", key, etag, null, null, null, null, null);
  }
}
