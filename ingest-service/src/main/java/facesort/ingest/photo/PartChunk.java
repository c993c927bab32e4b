package facesort.ingest.photo;

import org.jspecify.annotations.Nullable;

/**
 * Some bytes of a part.
 *
 * @param name name of the form field
 * @param filename name of the file, null for a field that is no file
 * @param bytes the next bytes, maybe none
 * @param last true when the part ends with them
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PartChunk(String name, @Nullable String filename, byte[] bytes, boolean last) {}
