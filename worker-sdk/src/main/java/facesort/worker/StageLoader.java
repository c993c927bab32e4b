package facesort.worker;

import facesort.service.Events;
import facesort.service.KafkaClients;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.boot.context.properties.bind.Binder;

/** Loads a stage, in the worker as in its child. */
final class StageLoader {
  private StageLoader() {}

  /** What a process has for its stage. */
  record Parts(
      Clock clock,
      Events events,
      KafkaClients clients,
      Binder settings,
      Supplier<Storage> storage) {}

  /**
   * Loads it.
   *
   * @throws StageRefused when its pipeline cannot be loaded
   */
  static <P, T extends SpecificRecord, R> LoadedStage<P, T, R> load(
      Stage<P, T, R> stage, Parts parts, WorkerSettings settings, OutgoingHeaders headers) {
    StageThreads threads = StageThreads.of(settings.threads());
    WorkerContext context =
        new WorkerContext(
            parts.clock(),
            parts.events(),
            parts.clients(),
            parts.settings(),
            parts.storage(),
            settings.maxInputBytes(),
            threads);
    return LoadedStage.load(stage, context, threads, parts.events(), headers);
  }
}
