package facesort.ingest.job;

import facesort.ingest.photo.Sha256;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tells whether two requests with the same key ask for the same. */
final class RequestHash {

  private static final String FIELD = "\u001f";
  private static final String LINE = "\u001e";

  private RequestHash() {}

  /** Hash of the options and of the photos in list order: keys by name, uploads by content. */
  static String of(JobRequest request, List<ManifestPhoto> photos) {
    var options =
        String.join(
            FIELD,
            String.valueOf(request.name()),
            request.release().name(),
            String.valueOf(request.lane()),
            String.valueOf(request.keepOriginals()),
            String.valueOf(request.deleteSource()));
    var list =
        photos.stream()
            .map(photo ->
                photo.sha256() == null
                    ? "key" + FIELD + photo.key()
                    : "upload" + FIELD + photo.filename() + FIELD + photo.sha256());
    return Sha256.of(Stream.concat(Stream.of(options), list).collect(Collectors.joining(LINE)));
  }
}
