package facesort.inference.image;

/**
 * A photo ready to look for faces in.
 *
 * @param mediaType what the bytes are, such as image/jpeg
 * @param orientation the EXIF orientation that was applied, 1 to 8
 * @param width of the whole, upright photo in pixels
 * @param height of the whole, upright photo in pixels
 * @param reduction how many times smaller {@code pixels} is: 1, 2 or 4
 * @param pixels the upright photo, reduced
 */
public record DecodedPhoto(
    String mediaType, int orientation, int width, int height, int reduction, Pixels pixels) {}
