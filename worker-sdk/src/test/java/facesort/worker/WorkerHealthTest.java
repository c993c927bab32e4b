package facesort.worker;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.AvroCodec;
import facesort.schemas.FailureCode;
import facesort.schemas.SchemaIds;
import facesort.schemas.SchemaRegistry;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topics;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.service.Heartbeat;
import facesort.service.KafkaClients;
import facesort.service.WorkerIdentity;
import facesort.worker.policy.RetryPolicy;
import facesort.worker.policy.Turns;
import facesort.worker.telemetry.Traces;
import facesort.worker.telemetry.WorkerMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.core.env.StandardEnvironment;
import reactor.core.publisher.Flux;

/** A worker that has not started; those that run and wait or stop are in the tests of faults. */
class WorkerHealthTest {
  private static final RetryPolicy POLICY =
      RetryPolicy.defaults()
          .with(Map.of(FailureCode.DEADLINE, new RetryPolicy.Rule(2, RetryPolicy.Then.WAIT)));

  private final StageThreads threads = new StageThreads(1);
  private final Worker<TaskQueued> worker = notStarted();

  @AfterEach
  void close() {
    worker.close();
    threads.close();
  }

  @Test
  void notStarted_isDown_andSaysSo() {
    Health health = new WorkerHealth(worker, POLICY).health();

    assertThat(health.getStatus()).isEqualTo(Status.DOWN);
    assertThat(health.getDetails())
        .containsEntry("troubles", List.of("not started"))
        .containsEntry("careful", false)
        .containsEntry("policy", POLICY.table());
    assertThat(POLICY.table()).containsKey("DEADLINE");
  }

  @Test
  void notStarted_needsNoRestart() {
    assertThat(WorkerHealth.ofLanes(worker).health()).isEqualTo(Health.up().build());
  }

  private Worker<TaskQueued> notStarted() {
    Clock clock = Clock.systemUTC();
    WorkerIdentity who = new WorkerIdentity("kit", "", 0, "1", "");
    KafkaClients nobody = new KafkaClients("127.0.0.1:1");
    Events events = new Events(new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE));
    Binder settings = Binder.get(new StandardEnvironment());
    WorkerSettings usual = settings.bindOrCreate("facesort.worker", WorkerSettings.class);
    Heartbeat heartbeat = new Heartbeat(who, events, nobody, clock);
    WorkerMetrics metrics = new WorkerMetrics(new SimpleMeterRegistry(), "kit");
    return new Worker<>(
        who,
        stage(
            new WorkerContext(
                clock,
                events,
                nobody,
                settings,
                () -> {
                  throw new IllegalStateException("no store");
                },
                1,
                threads),
            events),
        new WorkerParts(
            usual,
            Duration.ofSeconds(1),
            POLICY,
            clock,
            RandomGenerator.getDefault(),
            Steps.UNTIMED,
            metrics,
            new Traces(OpenTelemetry.noop()),
            new Outcomes(who.workerId(), heartbeat, metrics),
            new Turns(usual.bulkShare()),
            Optional.empty(),
            new InFlight(clock),
            Optional.empty(),
            new DeadLetters("kit"),
            new DeadLetterSender(nobody),
            new Renewal(threads, () -> {})),
        nobody,
        () -> new ChildProcess(List.of(), new StandardEnvironment()),
        heartbeat);
  }

  private LoadedStage<String, TaskQueued, String> stage(WorkerContext context, Events events) {
    return LoadedStage.load(
        Stage.<String, TaskQueued, String>named("kit")
            .reads(Topics.TASK_QUEUED)
            .loadPipeline(loading -> "loaded")
            .process((hook, tasks) -> Flux.empty())
            .publishNext((hook, task, result) -> List.of())
            .build(),
        context,
        threads,
        events,
        (source, begun) -> new RecordHeaders());
  }
}
