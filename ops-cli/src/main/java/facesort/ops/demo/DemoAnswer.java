package facesort.ops.demo;

import facesort.ops.api.Job;
import facesort.ops.api.Job.PhotoCounts;

/**
 * What {@code demo -o json} prints last.
 *
 * @param deliveries number of (photo, friend) pairs sent
 * @param held number of pairs that a person has to look at
 * @param duplicateSends arrivals beyond the first of a photo at a friend, counted where they
 *     arrived
 * @param missingSends photos that did not arrive at a friend, counted where they should have
 * @param seconds from the demo's begin to the job's end
 * @param startupSeconds until all services were ready, 0 when they ran already
 */
record DemoAnswer(
    String jobId,
    String state,
    Photos photos,
    int faces,
    int deliveries,
    int held,
    int duplicateSends,
    int missingSends,
    double seconds,
    double startupSeconds) {

  /** Number of photos by outcome; the outcomes add up to the total. */
  record Photos(int total, int matched, int noMatch, int noFace, int duplicate, int failed) {
    static Photos of(PhotoCounts counts) {
      return new Photos(
          counts.submitted(),
          counts.matched(),
          counts.noMatch(),
          counts.noFace(),
          counts.duplicate(),
          counts.failed());
    }
  }

  static DemoAnswer of(DemoRun run, Job job, SendCheck sends, double seconds) {
    return new DemoAnswer(
        job.jobId(),
        job.state(),
        Photos.of(job.photos()),
        job.faces(),
        job.deliveries().sent(),
        job.deliveries().held(),
        sends.duplicates(),
        sends.missing(),
        tenths(seconds),
        tenths(run.startupSeconds()));
  }

  private static double tenths(double seconds) {
    return Math.round(seconds * 10) / 10.0;
  }
}
