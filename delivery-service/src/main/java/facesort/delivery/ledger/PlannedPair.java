package facesort.delivery.ledger;

import facesort.schemas.DeliveryState;
import facesort.schemas.ObjectRef;
import org.jspecify.annotations.Nullable;

/**
 * A pair as {@code match.result} gives it.
 *
 * @param key the pair
 * @param ownerId owner of job and friend
 * @param run run of the job
 * @param rematch 0, or which re-match found it
 * @param state PLANNED for a match, HELD for one in the review band
 * @param score cosine that led to the pair
 * @param source the photo
 * @param filename its name as the owner knows it
 * @param mediaType media type found in the bytes
 * @param position place in the job's photo list, from 0
 */
record PlannedPair(
    PairKey key,
    String ownerId,
    int run,
    long rematch,
    DeliveryState state,
    float score,
    ObjectRef source,
    @Nullable String filename,
    String mediaType,
    int position) {}
