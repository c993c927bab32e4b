package facesort.delivery.send;

/**
 * What one request of a channel takes.
 *
 * @param photos most photos in one request
 * @param photoBytes largest photo that may go together with others, bytes
 * @param albumBytes most bytes of all photos in one request
 * @param maxBytes largest photo that the channel takes at all, bytes
 */
public record AlbumLimits(int photos, long photoBytes, long albumBytes, long maxBytes) {}
