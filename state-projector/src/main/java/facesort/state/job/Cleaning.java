package facesort.state.job;

import org.jspecify.annotations.Nullable;

/**
 * What was asked of cleanup.
 *
 * @param requests how many requests were made
 * @param answered the highest number of a request that was answered, plus 1
 * @param since number of the first request of the open run
 * @param askedAt when that was made, milliseconds since 1970 UTC; null before
 * @param againAt when it is to be asked for, milliseconds since 1970 UTC; null = never; a new run
 *     takes it away
 * @param cancelledGone photos CANCELLED in a run up to this one have no original any more
 * @param failedGone photos FAILED in a run up to this one have no original any more
 */
record Cleaning(
    int requests,
    int answered,
    int since,
    @Nullable Long askedAt,
    @Nullable Long againAt,
    int cancelledGone,
    int failedGone) {

  static final Cleaning NONE = new Cleaning(0, 0, 0, null, null, -1, -1);

  /** True once a request of the open run was answered. */
  boolean done() {
    return answered > since;
  }

  /** True when the original of a photo in that state, last queued in that run, was removed. */
  boolean isGone(PhotoState state, int run) {
    return run <= (state == PhotoState.CANCELLED ? cancelledGone : failedGone);
  }

  Cleaning answer(int seq) {
    return new Cleaning(
        requests, Math.max(answered, seq + 1), since, askedAt, againAt, cancelledGone, failedGone);
  }

  Cleaning again(@Nullable Long at) {
    return new Cleaning(requests, answered, since, askedAt, at, cancelledGone, failedGone);
  }

  Cleaning asked(long now) {
    return new Cleaning(
        requests + 1,
        answered,
        since,
        askedAt == null ? Long.valueOf(now) : askedAt,
        null,
        cancelledGone,
        failedGone);
  }

  /** What a request leaves, decided in a run: timers of the run begin. */
  Cleaning leaving(KeptOriginals kept, int run) {
    return new Cleaning(
        requests,
        answered,
        since,
        askedAt,
        kept.againAt(),
        kept.cancelled() ? cancelledGone : run,
        kept.failed() ? failedGone : run);
  }

  /** A new run is cleaned anew, and no timer of an older one means it. */
  Cleaning reopened() {
    return new Cleaning(requests, answered, requests, null, null, cancelledGone, failedGone);
  }
}
