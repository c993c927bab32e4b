package facesort.worker;

import facesort.schemas.Topic;
import facesort.service.WorkerIdentity;
import facesort.worker.policy.LaneKind;
import org.apache.avro.specific.SpecificRecord;

/**
 * One consumer of a stage.
 *
 * @param who the instance
 * @param kind whether it is served first
 * @param name tells the lanes of a role apart
 * @param topic what is read
 * @param <T> type of what is read
 */
record Lane<T extends SpecificRecord>(
    WorkerIdentity who, LaneKind kind, String name, Topic<T> topic) {

  /** Name of the consumer group, the same for all instances. */
  String groupId() {
    return who.name() + "-" + name;
  }

  /** Name of this member, the same for a successor in the slot. */
  String memberId() {
    return groupId() + "-" + who.slot();
  }
}
