package facesort.ops.api;

import org.jspecify.annotations.Nullable;

/**
 * Ingest's answer to a submission whose records are committed.
 *
 * @param idempotencyKey gives the same answer again
 * @param total number of photos
 * @param repeated whether an earlier request had submitted the job
 */
public record JobAccepted(
    String jobId, @Nullable String idempotencyKey, int total, boolean repeated) {}
