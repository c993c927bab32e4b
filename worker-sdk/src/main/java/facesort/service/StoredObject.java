package facesort.service;

/**
 * An object in the bucket.
 *
 * @param key its key
 * @param etag its entity tag without quotes
 * @param length its size in bytes
 */
public record StoredObject(String key, String etag, long length) {}
