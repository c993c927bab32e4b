package facesort.ingest.web;

import facesort.schemas.FailureCode;
import facesort.service.web.ApiException;
import org.springframework.http.HttpStatus;

/** The answer to a request that is not of its form. */
final class InvalidRequest {

  private InvalidRequest() {}

  /** 400 with one line that says what is wrong. */
  static ApiException of(String message) {
    return new ApiException(HttpStatus.BAD_REQUEST, FailureCode.INVALID_EVENT, message);
  }
}
