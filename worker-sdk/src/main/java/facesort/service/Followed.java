package facesort.service;

import org.jspecify.annotations.Nullable;

/**
 * A record of a topic that is followed.
 *
 * @param key its key
 * @param value its event; null when the record removes the key
 * @param partition its partition
 * @param offset its offset
 * @param <V> record type
 */
public record Followed<V>(String key, @Nullable V value, int partition, long offset) {}
