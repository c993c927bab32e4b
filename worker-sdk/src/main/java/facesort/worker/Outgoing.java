package facesort.worker;

import facesort.schemas.Topic;
import org.apache.avro.specific.SpecificRecord;

/**
 * An event that follows from a task. It is written in the transaction of the task's batch.
 *
 * @param topic where it goes
 * @param key its key
 * @param event what it says; its ids are derived from the task's, so that a repeat is the same
 * @param <V> its type
 */
public record Outgoing<V extends SpecificRecord>(Topic<V> topic, String key, V event) {}
