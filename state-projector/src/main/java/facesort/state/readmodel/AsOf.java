package facesort.state.readmodel;

import java.time.Instant;

/**
 * How current the read model is.
 *
 * @param asOf every event that was committed before this instant is in the tables; {@link
 *     Instant#EPOCH} while that is not known
 * @param stale true when the instant is longer ago than a read model that keeps up with its topics
 *     would leave it, or is not known
 */
public record AsOf(Instant asOf, boolean stale) {}
