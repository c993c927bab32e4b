package facesort.schemas;

import org.jspecify.annotations.Nullable;

/**
 * The registry did not answer, and the schema asked for is not known here. Says nothing about the
 * record: roll back and try again later, without limit.
 */
public final class RegistryUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RegistryUnavailableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
