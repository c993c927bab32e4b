package facesort.ingest.web;

import facesort.ingest.job.JobAccepted;
import facesort.ingest.job.Jobs;
import facesort.ingest.job.OpenJob;
import facesort.ingest.photo.PhotoLimits;
import facesort.ingest.photo.ReceivedPart;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One multipart request for a job: part job first, then the photos. One step at a time. */
final class JobUpload {

  private static final String JOB = "job";
  private static final String PHOTOS = "photos";

  private final Jobs jobs;
  private final String ownerId;
  private @Nullable OpenJob open;

  JobUpload(Jobs jobs, String ownerId) {
    this.jobs = jobs;
    this.ownerId = ownerId;
  }

  static long maxBytes(String part) {
    return switch (part) {
      case JOB -> JsonPart.MAX_BYTES;
      case PHOTOS -> PhotoLimits.MAX_BYTES;
      default -> 0;
    };
  }

  Mono<Void> accept(ReceivedPart part) {
    return switch (part.name()) {
      case JOB -> open(part);
      case PHOTOS -> jobs.photo(opened(), part);
      default ->
          throw InvalidRequest.of(
              "part %s is not known: a job has a part job and then parts photos"
                  .formatted(part.name()));
    };
  }

  Mono<JobAccepted> finish() {
    return jobs.submit(opened());
  }

  private Mono<Void> open(ReceivedPart part) {
    if (open != null) {
      throw InvalidRequest.of("part job is there twice");
    }
    var request = JsonPart.read(part, JobBody.class).request(ownerId);
    return jobs.open(request).doOnNext(opened -> open = opened).then();
  }

  private OpenJob opened() {
    if (open == null) {
      throw InvalidRequest.of("part job must come first: it is missing, or after a photo");
    }
    return open;
  }
}
