package facesort.inference.face;

/**
 * How well a face can be recognised.
 *
 * @param side shorter side of the face's box, pixels of the whole photo
 * @param sharpness variance of the Laplacian of the aligned face in grey, 0 to 255; near 0 is
 *     blurred
 * @param yaw turn to a side, degrees; 0 looks at the camera, positive to the photo's right edge
 * @param pitch nod, degrees; 0 looks at the camera, positive downwards
 * @param roll tilt in the picture, degrees; positive clockwise
 */
public record FaceQuality(float side, float sharpness, float yaw, float pitch, float roll) {}
