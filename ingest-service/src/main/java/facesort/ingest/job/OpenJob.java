package facesort.ingest.job;

import org.jspecify.annotations.Nullable;

/**
 * A request for a job while its photos come. For one request, one step at a time.
 *
 * @param request what is asked for
 * @param photos the list so far
 * @param earlier what was accepted under the same key before, if anything was: then nothing is
 *     stored, only compared
 */
public record OpenJob(JobRequest request, PhotoList photos, @Nullable Manifest earlier) {}
