package facesort.inference;

import facesort.inference.match.MatchPolicy;
import facesort.inference.onnx.ModelRefused;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of this service, below {@code facesort.}; checked when it starts.
 *
 * @param role what this instance does
 * @param models where the models are
 * @param work how much at once
 * @param match how faces are matched
 */
@ConfigurationProperties("facesort")
record InferenceSettings(
    Role role, @DefaultValue Models models, @DefaultValue Work work, @DefaultValue Match match) {
  /** Refuses a missing role. */
  InferenceSettings {
    require(role != null, "facesort.role", role, "detect, match or enroll");
  }

  /**
   * Where the models are.
   *
   * @param dir folder of the files as shipped; for detect and enroll
   * @param cache folder that keeps the edited ones; null = in the user's cache folder
   */
  record Models(@Nullable Path dir, @Nullable Path cache) {
    /** Returns the folder of the shipped files. */
    Path required() {
      if (dir == null) {
        throw new ModelRefused(
            "facesort.models.dir is not set, it must be the folder of fr_detect.onnx,"
                + " fr_landmark.onnx and fr_feature.onnx");
      }
      return dir;
    }

    /** Returns the folder of the edited files. */
    Path cacheOrDefault() {
      if (cache != null) {
        return cache;
      }
      String base = System.getenv("XDG_CACHE_HOME");
      return (base == null || base.isBlank()
              ? Path.of(System.getProperty("user.home"), ".cache")
              : Path.of(base))
          .resolve("facesort/edited-models");
    }
  }

  /**
   * How much at once.
   *
   * @param batch most records in one transaction
   * @param threads photos examined at once; 0 = as many as there are cores
   */
  record Work(@DefaultValue("16") int batch, @DefaultValue("0") int threads) {
    /** Refuses numbers that do no work. */
    Work {
      require(batch >= 1 && batch <= 500, "facesort.work.batch", batch, "1 to 500");
      require(threads >= 0 && threads <= 256, "facesort.work.threads", threads, "0 to 256");
    }

    /** Returns how many threads examine photos. */
    int threadsOrCores() {
      return threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
    }
  }

  /**
   * How faces are matched.
   *
   * @param threshold cosine from which a face is accepted
   * @param margin least distance to the next friend
   * @param reviewFrom cosine from which a person is asked
   * @param galleryWait how long a job's friends are waited for, from when the faces were found
   */
  record Match(
      @DefaultValue("0.50") float threshold,
      @DefaultValue("0.08") float margin,
      @DefaultValue("0.40") float reviewFrom,
      @DefaultValue("60s") Duration galleryWait) {
    /** Refuses a wait that a poll cannot outlast. */
    Match {
      require(
          !galleryWait.isNegative() && galleryWait.compareTo(Duration.ofMinutes(5)) <= 0,
          "facesort.match.gallery-wait",
          galleryWait,
          "0s to 5m");
    }

    /** Returns the limits to decide by. */
    MatchPolicy policy() {
      return new MatchPolicy(threshold, margin, reviewFrom);
    }
  }

  private static void require(boolean holds, String key, @Nullable Object given, String allowed) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s is '%s', it must be %s".formatted(key, given, allowed));
    }
  }
}
