package facesort.delivery.send;

import facesort.delivery.ledger.ReleasedPair;

/**
 * A photo on its way.
 *
 * @param pair what it is
 * @param bytes the original, unchanged; not to be written to
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody; a copy of megabytes helps nobody.
public record Item(ReleasedPair pair, byte[] bytes) {}
