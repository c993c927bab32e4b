package facesort.service.web;

import facesort.schemas.FailureCode;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;

/**
 * An answer that is no success: sent as problem JSON (RFC 9457) with a {@code code}.
 *
 * <p>The message is one line that says what is wrong, where, and what to do.
 */
public final class ApiException extends ErrorResponseException {

  private static final long serialVersionUID = 1L;

  /** With a failure code of the contract. */
  public ApiException(HttpStatus status, FailureCode code, String message) {
    this(status, code.name(), message);
  }

  /** With a word that is no failure code, such as NOT_FOUND. */
  public ApiException(HttpStatus status, String code, String message) {
    super(status, problem(status, code, message), null);
  }

  /** Nothing of that name that this owner may see. */
  public static ApiException notFound(String what, String id) {
    return new ApiException(HttpStatus.NOT_FOUND, "NOT_FOUND", "no %s %s".formatted(what, id));
  }

  private static ProblemDetail problem(HttpStatus status, String code, String message) {
    var problem = ProblemDetail.forStatusAndDetail(status, message);
    problem.setProperty("code", code);
    return problem;
  }
}
