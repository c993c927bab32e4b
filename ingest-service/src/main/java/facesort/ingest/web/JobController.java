package facesort.ingest.web;

import facesort.ingest.job.JobAccepted;
import facesort.ingest.job.Jobs;
import facesort.ingest.photo.PartReader;
import facesort.service.web.OwnerId;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.codec.multipart.PartEvent;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Takes jobs: 202 when all records of the job are committed. */
@RestController
final class JobController {

  private static final String JOBS = "/v1/jobs";

  private final Jobs jobs;
  private final PartReader parts;

  JobController(Jobs jobs, PartReader parts) {
    this.jobs = jobs;
    this.parts = parts;
  }

  @PostMapping(path = JOBS, consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Mono<JobAccepted> upload(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @RequestBody Flux<PartEvent> events) {
    var upload = new JobUpload(jobs, OwnerId.of(owner));
    return parts.read(events, JobUpload::maxBytes, upload::accept).then(Mono.defer(upload::finish));
  }

  @PostMapping(path = JOBS, consumes = MediaType.APPLICATION_JSON_VALUE)
  @ResponseStatus(HttpStatus.ACCEPTED)
  Mono<JobAccepted> byKeys(
      @RequestHeader(name = OwnerId.HEADER, required = false) @Nullable String owner,
      @RequestBody byte[] body) {
    var request = JsonPart.read(body, "the body", JobBody.class).request(OwnerId.of(owner));
    return jobs.open(request).flatMap(jobs::submit);
  }
}
