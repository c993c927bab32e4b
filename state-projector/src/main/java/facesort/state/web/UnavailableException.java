package facesort.state.web;

/** The answer is not known now and will be: 503 with Retry-After. */
final class UnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UnavailableException(String message) {
    super(message);
  }
}
