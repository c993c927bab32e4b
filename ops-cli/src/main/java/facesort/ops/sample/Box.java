package facesort.ops.sample;

/** A rectangle of a photo in pixels, from its upper left corner. */
public record Box(int left, int top, int width, int height) {}
