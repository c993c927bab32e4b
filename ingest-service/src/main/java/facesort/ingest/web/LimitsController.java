package facesort.ingest.web;

import facesort.ingest.job.JobRules;
import facesort.ingest.photo.PhotoLimits;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/** Tells what a request may be at most. */
@RestController
final class LimitsController {

  /**
   * The limits.
   *
   * @param maxBytes longest photo, bytes
   * @param maxPixels most pixels of a photo
   * @param maxPhotos most photos of a job
   */
  @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
  record Limits(long maxBytes, long maxPixels, int maxPhotos) {}

  private final JobRules rules;

  LimitsController(JobRules rules) {
    this.rules = rules;
  }

  @GetMapping("/v1/limits")
  Limits limits() {
    return new Limits(PhotoLimits.MAX_BYTES, PhotoLimits.MAX_PIXELS, rules.maxPhotos());
  }
}
