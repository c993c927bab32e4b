package facesort.ingest.job;

import facesort.ingest.photo.Sha256;
import facesort.schemas.Lane;
import facesort.schemas.ReleasePolicy;
import java.util.List;
import java.util.stream.IntStream;

/** Manifests for tests. */
public final class Manifests {

  /** Job of all manifests here. */
  public static final String JOB = "0d3c6f2e-0000-5000-8000-000000000001";

  private Manifests() {}

  /** With so many uploaded photos. */
  public static Manifest ofUploads(int photos) {
    return of(
        Lane.BULK, false, false, IntStream.range(0, photos).mapToObj(Manifests::upload).toList());
  }

  /** With photos that are named by key, of 10 bytes each. */
  public static Manifest ofKeys(boolean keepOriginals, boolean deleteSource, String... keys) {
    var photos =
        IntStream.range(0, keys.length)
            .mapToObj(at ->
                new ManifestPhoto(
                    PhotoIds.ofKey(at, keys[at]),
                    "k.jpg",
                    keys[at],
                    "e",
                    10L,
                    null,
                    null,
                    null,
                    null))
            .toList();
    return of(Lane.INTERACTIVE, keepOriginals, deleteSource, photos);
  }

  private static Manifest of(
      Lane lane, boolean keepOriginals, boolean deleteSource, List<ManifestPhoto> photos) {
    return new Manifest(
        Manifest.VERSION,
        JOB,
        "demo",
        "hash",
        "wedding",
        ReleasePolicy.AUTO,
        lane,
        keepOriginals,
        deleteSource,
        1_000,
        2_000,
        List.of(new Manifest.Upto(0, 7)),
        photos);
  }

  private static ManifestPhoto upload(int position) {
    var sha256 = Sha256.of("photo " + position);
    var id = PhotoIds.ofUpload(position, sha256);
    return new ManifestPhoto(
        id,
        "a.jpg",
        "owners/demo/jobs/" + JOB + "/photos/" + id,
        "e",
        10L,
        sha256,
        null,
        null,
        null);
  }
}
