package facesort.worker.kit.contract;

import facesort.worker.Stage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;
import org.apache.avro.specific.SpecificRecord;

/** What is seen of a stage around its hooks. Any thread may use it. */
final class Watch {
  private final IntSupplier members;
  private final List<Integer> membersAtLoad = new CopyOnWriteArrayList<>();
  private final List<String> processed = new CopyOnWriteArrayList<>();

  /**
   * Looks from the outside, too.
   *
   * @param members how many members its group has now
   */
  Watch(IntSupplier members) {
    this.members = members;
  }

  /** The stage's own hooks, watched. */
  <P, T extends SpecificRecord, R> Stage.Hooks<P, T, R> around(Stage.Hooks<P, T, R> hooks) {
    return new Stage.Hooks<>(
        context -> {
          P pipeline = hooks.loadPipeline().load(context);
          membersAtLoad.add(members.getAsInt());
          return pipeline;
        },
        (context, tasks) -> {
          tasks.forEach(task -> processed.add(Trial.key(task.event())));
          return hooks.process().process(context, tasks);
        },
        hooks.publishNext());
  }

  /** How many members the group had each time when a pipeline had been loaded. */
  List<Integer> membersAtLoad() {
    return List.copyOf(membersAtLoad);
  }

  /** Keys of the tasks that reached the work. */
  List<String> processed() {
    return List.copyOf(processed);
  }
}
