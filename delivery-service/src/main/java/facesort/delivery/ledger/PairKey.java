package facesort.delivery.ledger;

/**
 * What is delivered once: a photo of a job to a friend.
 *
 * @param jobId job
 * @param photoId photo within the job
 * @param friendId friend of the job's owner
 */
public record PairKey(String jobId, String photoId, String friendId) {}
