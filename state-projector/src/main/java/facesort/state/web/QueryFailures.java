package facesort.state.web;

import facesort.schemas.FailureCode;
import facesort.service.web.ApiException;
import facesort.state.job.StoredJobs;
import io.r2dbc.spi.R2dbcException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.server.ServerWebInputException;

/**
 * What cannot be told now is a 503: jobs go on, ask again later. A parameter of the wrong form is a
 * 400.
 */
@RestControllerAdvice
@Order(Ordered.HIGHEST_PRECEDENCE)
class QueryFailures {

  private static final Logger log = LoggerFactory.getLogger(QueryFailures.class);
  private static final String RETRY_SECONDS = "2";

  @ExceptionHandler
  ResponseEntity<ProblemDetail> invalid(ServerWebInputException error) {
    var problem =
        new ApiException(
            HttpStatus.BAD_REQUEST, "INVALID_PARAMETER", String.valueOf(error.getReason()));
    return ResponseEntity.badRequest().body(problem.getBody());
  }

  @ExceptionHandler({R2dbcException.class, TimeoutException.class, IOException.class})
  ResponseEntity<ProblemDetail> unavailable(Exception error) {
    log.warn("the read model does not answer: {}", error.toString());
    return later("the read model does not answer; jobs go on, ask again in a few seconds");
  }

  @ExceptionHandler({StoredJobs.AwayException.class, UnavailableException.class})
  ResponseEntity<ProblemDetail> notYet(RuntimeException error) {
    return later(String.valueOf(error.getMessage()));
  }

  private static ResponseEntity<ProblemDetail> later(String message) {
    var problem = new ApiException(HttpStatus.SERVICE_UNAVAILABLE, FailureCode.INTERNAL, message);
    return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
        .header(HttpHeaders.RETRY_AFTER, RETRY_SECONDS)
        .body(problem.getBody());
  }
}
