package facesort.worker;

import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.ObjectStore;
import facesort.service.WorkerIdentity;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.util.function.SingletonSupplier;

/** Loads a stage, in the worker as in its child. */
final class StageLoader {
  private StageLoader() {}

  /** What a process has for its stage. */
  record Parts(
      WorkerIdentity identity,
      Clock clock,
      Events events,
      KafkaClients clients,
      Binder settings,
      Supplier<ObjectStore> store) {}

  /**
   * Loads it.
   *
   * @throws StageRefused when its pipeline cannot be loaded
   */
  static <P, T extends SpecificRecord, R> LoadedStage<P, T, R> load(
      Stage<P, T, R> stage, Parts parts, WorkerSettings settings, OutgoingHeaders headers) {
    StageThreads threads = StageThreads.of(settings.threads());
    SingletonSupplier<Inputs> inputs =
        SingletonSupplier.of(() ->
            new Inputs(parts.store().get(), settings.maxInputBytes(), parts.clock()));
    WorkerContext context =
        new WorkerContext(
            parts.identity(),
            parts.clock(),
            parts.events(),
            parts.clients(),
            parts.settings(),
            inputs::obtain,
            threads);
    return LoadedStage.load(stage, context, threads, parts.events(), headers);
  }
}
