package facesort.inference.detect;

import facesort.schemas.ObjectRef;

/**
 * What detect found.
 *
 * @param source where the photo lies, with the etag and the length that were read
 * @param photo what is on it
 * @param millis how long it took, reading included
 */
public record FoundFaces(ObjectRef source, ExaminedPhoto photo, long millis) {}
