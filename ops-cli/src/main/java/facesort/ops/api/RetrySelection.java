package facesort.ops.api;

import java.util.List;

/** Which photos a retry means: those that meet every list that is not empty. */
public record RetrySelection(List<String> photoIds, List<String> codes, List<String> signatures) {

  /** Copies the lists. */
  public RetrySelection {
    photoIds = List.copyOf(photoIds);
    codes = List.copyOf(codes);
    signatures = List.copyOf(signatures);
  }
}
