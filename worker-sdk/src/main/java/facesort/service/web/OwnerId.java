package facesort.service.web;

import facesort.schemas.EventIds;
import facesort.schemas.FailureCode;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Whose request it is. Until requests are authenticated the header is believed, on loopback only.
 */
public final class OwnerId {

  /** Header that names the owner. */
  public static final String HEADER = "X-Facesort-Owner";

  /** The owner of requests without that header. */
  public static final String DEFAULT = "demo";

  private OwnerId() {}

  /** The owner that the header's value names; an {@link ApiException} 400 when it is no id. */
  public static String of(@Nullable String header) {
    var owner = header == null || header.isBlank() ? DEFAULT : header.strip();
    if (!EventIds.isValid(owner)) {
      throw new ApiException(
          HttpStatus.BAD_REQUEST,
          FailureCode.OWNER_MISMATCH,
          HEADER + " must be 1 to 64 characters of A-Z a-z 0-9 _ -");
    }
    return owner;
  }
}
