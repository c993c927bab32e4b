package facesort.worker.kit.contract;

import facesort.schemas.Topic;
import facesort.worker.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;

/**
 * The stage under test.
 *
 * @param main class with the program's main method
 * @param role the stage's role in it
 * @param stage makes it, as the role does
 * @param outputs topics that it writes; none for a final step
 * @param settings its own settings, by full name
 * @param <P> its pipeline
 * @param <T> type of the events it reads
 * @param <R> type of its results
 */
public record Subject<P, T extends SpecificRecord, R>(
    Class<?> main,
    String role,
    Supplier<Stage<P, T, R>> stage,
    List<Topic<?>> outputs,
    Map<String, String> settings) {

  /** Copies. */
  public Subject {
    outputs = List.copyOf(outputs);
    settings = Map.copyOf(settings);
  }

  /** A stage without settings of its own. */
  public static <P, T extends SpecificRecord, R> Subject<P, T, R> of(
      Class<?> main, String role, Supplier<Stage<P, T, R>> stage, Topic<?>... outputs) {
    return new Subject<>(main, role, stage, List.of(outputs), Map.of());
  }

  /** The same with a setting of its own. */
  public Subject<P, T, R> with(String name, Object value) {
    Map<String, String> more = new HashMap<>(settings);
    more.put(name, value.toString());
    return new Subject<>(main, role, stage, outputs, more);
  }
}
