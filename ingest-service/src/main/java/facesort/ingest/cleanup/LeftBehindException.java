package facesort.ingest.cleanup;

import java.util.Map;

/** Objects that should be gone and are not, although the store answers. */
final class LeftBehindException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  LeftBehindException(Map<String, String> whyByKey) {
    super(
        "%d objects could not be removed, one of them: %s"
            .formatted(whyByKey.size(), whyByKey.entrySet().iterator().next()));
  }
}
