package facesort.inference.kafka;

import facesort.inference.task.TaskHandler;
import facesort.schemas.Topic;
import facesort.service.WorkerIdentity;
import org.apache.avro.specific.SpecificRecord;

/**
 * One consumer of a role: what it reads and who works on it.
 *
 * @param who the instance
 * @param name tells the lanes of a role apart
 * @param topic what is read
 * @param batch most records at once
 * @param handler does the work
 * @param <V> type of what is read
 */
public record Lane<V extends SpecificRecord>(
    WorkerIdentity who, String name, Topic<V> topic, int batch, TaskHandler<V> handler) {

  /** Name of the consumer group, the same for all instances. */
  String groupId() {
    return who.name() + "-" + name;
  }

  /** Name of this member, the same for a successor in the slot. */
  String memberId() {
    return groupId() + "-" + who.slot();
  }
}
