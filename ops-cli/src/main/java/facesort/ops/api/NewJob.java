package facesort.ops.api;

import org.jspecify.annotations.Nullable;

/**
 * A job to submit.
 *
 * @param name for people
 * @param idempotencyKey the same key and photos give the same job; null: ingest draws one
 * @param release auto or dry_run
 */
public record NewJob(@Nullable String name, @Nullable String idempotencyKey, String release) {}
