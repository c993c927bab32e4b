package facesort.worker;

import facesort.schemas.AvroCodec;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.Heartbeat;
import facesort.service.KafkaClients;
import facesort.service.ObjectStore;
import facesort.service.ServiceConfiguration;
import facesort.service.ServiceSettings;
import facesort.service.StorageTriedOnce;
import facesort.service.WorkerIdentity;
import facesort.worker.policy.RetryPolicy;
import facesort.worker.policy.Turns;
import facesort.worker.telemetry.Traces;
import facesort.worker.telemetry.WorkerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.function.SingletonSupplier;

/** The beans of a worker, around the stage of its role. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ServiceConfiguration.class, StorageTriedOnce.class})
@EnableConfigurationProperties(WorkerSettings.class)
class WorkerConfiguration {
  /** Opened by the first who reads or writes an object: not every stage does. */
  @Bean
  Supplier<Storage> storage(ObjectProvider<ObjectStore> store, Clock clock) {
    return SingletonSupplier.of(() -> new Storage(store.getObject(), clock));
  }

  @Bean
  Traces traces(OpenTelemetry telemetry) {
    return new Traces(telemetry);
  }

  @Bean
  LoadedStage<?, ?, ?> stage(
      ChosenRole role,
      ConfigurableEnvironment environment,
      ServiceSettings service,
      WorkerSettings settings,
      Clock clock,
      AvroCodec codec,
      KafkaClients clients,
      Supplier<Storage> storage,
      Traces traces) {
    return StageLoader.load(
        role.stage(),
        new StageLoader.Parts(
            clock,
            new Events(codec, role.identity(service.slot()).service()),
            clients,
            Binder.get(environment),
            storage),
        settings,
        (source, begun) -> traces.headersFor(role.stage().name(), source, begun));
  }

  /** Known only when the pipeline is loaded: what it computes on is a part of it. */
  @Bean
  WorkerIdentity identity(ChosenRole role, ServiceSettings service, LoadedStage<?, ?, ?> stage) {
    return role.identity(service.slot()).on(stage.device());
  }

  @Bean
  RetryPolicy retryPolicy(WorkerSettings settings) {
    return RetryPolicy.defaults().with(settings.policy());
  }

  @Bean
  WorkerMetrics workerMetrics(MeterRegistry registry, LoadedStage<?, ?, ?> stage) {
    return new WorkerMetrics(registry, stage.stage().name());
  }

  @Bean
  Worker<?> worker(
      ChosenRole role,
      ConfigurableApplicationContext application,
      WorkerIdentity who,
      LoadedStage<?, ?, ?> stage,
      WorkerSettings settings,
      RetryPolicy policy,
      WorkerMetrics metrics,
      Traces traces,
      Clock clock,
      Events events,
      KafkaClients clients,
      DeadLetters deadLetters,
      Heartbeat heartbeat,
      Supplier<Storage> storage) {
    heartbeat.starting();
    Duration deadline =
        settings.deadline() == null ? stage.stage().deadline() : settings.deadline();
    String name = stage.stage().name();
    Steps steps = new TimedSteps(name, metrics, traces);
    InFlight inFlight = new InFlight(clock);
    WorkerParts parts =
        new WorkerParts(
            settings,
            deadline,
            policy,
            clock,
            RandomGenerator.getDefault(),
            steps,
            metrics,
            traces,
            new Outcomes(who.workerId(), heartbeat, metrics),
            new Turns(settings.bulkShare()),
            hasJobs(stage) ? Optional.of(Cancellations.follow(clients, events)) : Optional.empty(),
            inFlight,
            settings.results()
                ? Optional.of(new TaskResults(new ResultSink(storage.get()), name, clock))
                : Optional.empty(),
            deadLetters,
            new DeadLetterSender(clients),
            new Renewal(stage.threads(), application::close));
    return worker(role, application.getEnvironment(), who, stage, parts, clients, heartbeat);
  }

  private static <T extends SpecificRecord> Worker<T> worker(
      ChosenRole role,
      ConfigurableEnvironment environment,
      WorkerIdentity who,
      LoadedStage<?, T, ?> stage,
      WorkerParts parts,
      KafkaClients clients,
      Heartbeat heartbeat) {
    Worker<T> worker =
        new Worker<>(
            who,
            stage,
            parts,
            clients,
            () ->
                new ChildProcess(ChildCommand.of(role.program().main(), role.name()), environment),
            heartbeat);
    worker.prepareChildren();
    return worker;
  }

  private static boolean hasJobs(LoadedStage<?, ?, ?> stage) {
    return SpecificData.get().getSchema(stage.stage().topic().type()).getField("job_id") != null;
  }

  @Bean
  HealthIndicator lanesHealthIndicator(Worker<?> worker) {
    return WorkerHealth.ofLanes(worker);
  }

  @Bean
  WorkerHealth workerHealthIndicator(Worker<?> worker, RetryPolicy policy) {
    return new WorkerHealth(worker, policy);
  }
}
