package facesort.ingest.web;

import facesort.schemas.FailureCode;
import facesort.schemas.RegistryUnavailableException;
import facesort.service.ObjectStoreException;
import facesort.service.web.ApiException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Turns what went wrong behind the doors into one line for who stands before them. */
@RestControllerAdvice
final class Failures {

  private static final Logger log = LoggerFactory.getLogger(Failures.class);
  private static final String AGAIN =
      ": repeat the request, with the same idempotency key if it had one";

  @ExceptionHandler
  ResponseEntity<ProblemDetail> storage(ObjectStoreException error) {
    log.warn("object store: {}", error.getMessage());
    return unavailable(FailureCode.STORAGE_ERROR, "the object store does not answer");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> kafka(KafkaException error) {
    log.warn("kafka: {}", error.toString());
    return unavailable(FailureCode.INTERNAL, "Kafka did not confirm the records");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> registry(RegistryUnavailableException error) {
    log.warn("schema registry: {}", error.getMessage());
    return unavailable(FailureCode.INTERNAL, "the schema registry does not answer");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> timeout(TimeoutException error) {
    log.warn("time-out: {}", error.getMessage());
    return unavailable(FailureCode.DEADLINE, "Kafka or the object store did not answer in time");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> disk(UncheckedIOException error) {
    log.error("temporary files: {}", error.getMessage());
    return answer(
        HttpStatus.INSUFFICIENT_STORAGE,
        FailureCode.DISK_FULL,
        "the service cannot write its temporary files (facesort.ingest.spool-dir): make room there, then"
            + " repeat the request");
  }

  @ExceptionHandler
  ResponseEntity<ProblemDetail> anything(Exception error) {
    log.error("request failed", error);
    return answer(
        HttpStatus.INTERNAL_SERVER_ERROR,
        FailureCode.INTERNAL,
        "the service failed on this request" + AGAIN + "; the service's log says more");
  }

  private static ResponseEntity<ProblemDetail> unavailable(FailureCode code, String what) {
    return answer(HttpStatus.SERVICE_UNAVAILABLE, code, what + AGAIN);
  }

  private static ResponseEntity<ProblemDetail> answer(
      HttpStatus status, FailureCode code, String message) {
    var problem = new ApiException(status, code, message);
    return ResponseEntity.status(status).body(problem.getBody());
  }
}
