package facesort.worker;

import facesort.schemas.Topic;
import facesort.service.WorkerIdentity;
import facesort.worker.policy.LaneKind;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Names the lanes of a stage. */
final class Lanes {
  private Lanes() {}

  /** One lane, or a bulk and an interactive one, which is served first. */
  static <T extends SpecificRecord> List<Lane<T>> of(WorkerIdentity who, Stage<?, T, ?> stage) {
    Topic<T> interactive = stage.interactiveTopic();
    if (interactive == null) {
      return List.of(new Lane<>(who, LaneKind.BULK, "main", stage.topic()));
    }
    return List.of(
        new Lane<>(who, LaneKind.INTERACTIVE, "interactive", interactive),
        new Lane<>(who, LaneKind.BULK, "bulk", stage.topic()));
  }
}
