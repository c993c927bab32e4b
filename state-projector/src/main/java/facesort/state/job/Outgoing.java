package facesort.state.job;

import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * A finished record on its way to a topic; its key and headers travel beside it.
 *
 * @param topic topic name
 * @param partition partition number; null lets the key decide
 * @param value bytes as they are written; null when the original had none
 */
record Outgoing(String topic, @Nullable Integer partition, @Nullable Bytes value)
    implements Emitted {}
