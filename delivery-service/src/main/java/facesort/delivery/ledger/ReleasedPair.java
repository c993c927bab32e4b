package facesort.delivery.ledger;

import facesort.schemas.ObjectRef;
import org.jspecify.annotations.Nullable;

/**
 * A pair that may go out.
 *
 * @param key the pair
 * @param source the photo
 * @param filename its name as the owner knows it
 * @param mediaType media type found in the bytes
 * @param alone true when it must not share a request with others, since one they shared was refused
 */
public record ReleasedPair(
    PairKey key, ObjectRef source, @Nullable String filename, String mediaType, boolean alone) {}
