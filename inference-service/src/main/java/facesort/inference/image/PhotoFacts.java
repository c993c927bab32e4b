package facesort.inference.image;

/**
 * What is known of a photo once its pixels are gone.
 *
 * @param mediaType what the bytes are, such as image/jpeg
 * @param orientation the EXIF orientation that was applied, 1 to 8
 * @param width of the whole, upright photo in pixels
 * @param height of the whole, upright photo in pixels
 */
public record PhotoFacts(String mediaType, int orientation, int width, int height) {}
