package facesort.worker.faults;

import static facesort.worker.faults.CancelIT.LATEST;
import static org.assertj.core.api.Assertions.assertThat;

import facesort.schemas.FailureCode;
import facesort.worker.kit.Expected;
import facesort.worker.kit.Guarantee;
import facesort.worker.kit.Guarantees;
import facesort.worker.kit.RestartingWorker;
import facesort.worker.kit.SeededSource;
import facesort.worker.kit.TopicLog;
import facesort.worker.kit.WorkerCommand;
import facesort.worker.kit.WorkerProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Small runs of a worker in which a seeded bug shows. Without one all guarantees hold. */
enum Scenario {
  KILLED_WHILE_WORKING {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      return killed(scene, KillPoints.WHILE_WORKING.into(source));
    }
  },
  KILLED_BEFORE_OFFSETS {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      return killed(scene, KillPoints.BEFORE_OFFSETS.into(source));
    }
  },
  KILLED_BEFORE_COMMIT {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      return killed(scene, KillPoints.BEFORE_COMMIT.into(source));
    }
  },
  ROLLED_BACK {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      SeededSource failing =
          source.insertAfter(
              "facesort.worker.BatchRunner",
              "parts.steps().step(\"commit\", () -> send(batch));",
              "facesort.worker.faults.Seeds.failOnce();");
      scene.tasks().send(12, "ok");
      scene.working(scene.command().seeded(failing));
      scene.awaitStarts(12);
      scene.tasks().send(12, "ok");
      return scene.onceEach(scene.settled(LIMIT));
    }
  },
  ANSWER_OF_A_COMMIT_LOST {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      SeededSource lossy =
          source.insertAfter(
              "facesort.worker.CommitListener",
              "super.doCommit(status);",
              "facesort.worker.faults.Seeds.failOnce();");
      scene.tasks().send(12, "ok");
      scene.tasks().send("reject-1", Expected.held(FailureCode.CORRUPT_IMAGE));
      scene.tasks().send(12, "ok");
      WorkerProcess worker = scene.working(scene.command().seeded(lossy));
      worker.awaitLog("batch rolled back, it comes again");
      return scene.onceEach(scene.settled(LIMIT));
    }
  },
  STOPPED_BETWEEN_POLL_AND_WORK {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      SeededSource holding =
          source
              .replace(
                  "facesort.worker.LeavingConsumerFactory",
                  "return lost.around(this, () -> super.poll(timeout));",
                  """
                  var records = lost.around(this, () -> super.poll(timeout));
                  if (!records.isEmpty()) {
                    facesort.worker.kit.HoldPoint.here("POLLED");
                  }
                  return records;
                  """)
              .insertAfter(
                  "facesort.worker.Worker",
                  "lanes.forEach(lane -> lane.stop(stopped::countDown));",
                  "facesort.worker.faults.Seeds.release(\"POLLED\");");
      scene.tasks().send(24, "ok");
      WorkerProcess worker = scene.working(scene.command().seeded(holding));
      scene.awaitHeld("POLLED");
      int status = worker.term();
      assertThat(scene.starts()).as("what was polled was not worked on").isEmpty();
      scene.working(scene.command());
      return scene.settled(LIMIT).note("exit status " + status);
    }
  },
  BOTH_LANES_BUSY {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      return BusyLanes.run(scene, source);
    }
  },
  REPEATED {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      scene.working(scene.command().seeded(source));
      for (int times = 0; times < 3; times++) {
        for (int i = 0; i < 9; i++) {
          scene.tasks().send(scene.topics().in(), "ok-" + i, i % 3, Expected.published());
        }
        var _ = scene.settled(LIMIT);
      }
      return scene.settled(LIMIT);
    }
  },
  INPUT_ABORTED {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      scene.tasks().send(6, "ok").aborted("ok-aborted").send(6, "ok");
      scene.working(scene.command().seeded(source));
      return scene.settled(LIMIT);
    }
  },
  KILLER {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      scene.tasks().send(9, "ok");
      scene.tasks().send("crash-1", Expected.held(FailureCode.NATIVE_CRASH, 2));
      scene.tasks().send(9, "ok");
      RestartingWorker worker = scene.restarting(scene.command().seeded(source));
      Guarantees held = scene.settled(LIMIT);
      return held.and(
          Guarantee.ONE_DEATH_A_KILLER, worker.deaths().size() == 1, "deaths " + worker.deaths());
    }
  },
  KILLED_WHILE_THE_CHILD_STARTS {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      scene.tasks().send(30, "slow-60");
      RestartingWorker worker = scene.restarting(scene.command().seeded(source));
      scene.awaitStarts(1);
      worker.kill();
      for (int deaths = 1; deaths < KILLS; deaths++) {
        scene.awaitDeaths(worker, deaths);
        worker.current().awaitLog("run in a child process");
        scene.pause(CHILD_STARTS);
        worker.kill();
      }
      scene.awaitDeaths(worker, KILLS);
      return scene.settled(LIMIT);
    }
  },
  UNREADABLE {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      byte[] bytes = "this is no Avro".getBytes(StandardCharsets.UTF_8);
      scene.tasks().send(6, "ok");
      scene.tasks().bytes("poison", bytes, 0, Expected.held(FailureCode.UNDECODABLE));
      scene.tasks().send("reject-1", Expected.held(FailureCode.CORRUPT_IMAGE));
      scene.tasks().send(6, "ok");
      scene.working(scene.command().seeded(source));
      return scene.settled(LIMIT);
    }
  },
  CANCELLED {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      for (int i = 0; i < 120; i++) {
        scene.tasks().send("slow-100-" + i, Expected.either());
      }
      scene.working(scene.command().seeded(source));
      scene.awaitStarts(10);
      Instant latest = scene.tasks().cancel().plus(LATEST);
      Guarantees held = scene.settled(LIMIT);
      long late =
          scene.starts().stream().filter(start -> start.millis() > latest.toEpochMilli()).count();
      return held.and(
          Guarantee.CANCELLED_WORK_DOES_NOT_START, late == 0, late + " tasks were started");
    }
  },
  NO_DEAD_LETTER_TOPIC {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      String missing = scene.topics().in().deadLetters();
      scene.topics().delete(missing);
      WorkerProcess worker = scene.working(scene.command().seeded(source));
      scene.tasks().send("reject-1", Expected.held(FailureCode.CORRUPT_IMAGE));
      boolean isLoud = scene.within(LIMIT, () -> worker.health().contains(missing));
      scene.topics().createDeadLetters(scene.topics().in());
      worker.kill();
      scene.working(scene.command());
      return scene
          .settled(LIMIT)
          .and(Guarantee.TROUBLE_IS_LOUD, isLoud, "health never named the topic");
    }
  },
  TWO_IN_A_SLOT {
    @Override
    Guarantees run(Scene scene, SeededSource source) {
      WorkerCommand command = scene.command().seeded(source);
      scene.tasks().send(120, "slow-30");
      WorkerProcess older = scene.working(command);
      scene.awaitStarts(5);
      scene.working(command);
      boolean ends = older.endsWithin(LIMIT);
      return scene.settled(LIMIT).and(Guarantee.THE_OLDER_IS_FENCED, ends, "the older goes on");
    }
  };

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int KILLS = 5;

  /** A moment in which it starts: it takes a second. */
  private static final Duration CHILD_STARTS = Duration.ofMillis(300);

  private static final Duration STALL = Duration.ofSeconds(2);

  /** Runs it; the source has a bug or none. */
  abstract Guarantees run(Scene scene, SeededSource source);

  private static Guarantees killed(Scene scene, SeededSource source) {
    scene.tasks().send(12, "slow-20");
    scene.tasks().send("reject-1", Expected.held(FailureCode.CORRUPT_IMAGE));
    scene.tasks().send(12, "slow-20");
    RestartingWorker worker =
        scene.restarting(
            scene
                .command()
                .seeded(source)
                .property(Seeds.BROKER, scene.topics().stack().bootstrapServers()));
    scene.awaitDeaths(worker, 1);
    worker.current().awaitWorking();
    String out = scene.topics().out().name();
    boolean isReadable =
        scene.within(STALL, () -> TopicLog.isReadable(scene.topics().clients(), out));
    return scene
        .settled(LIMIT)
        .and(Guarantee.READERS_ARE_NOT_STALLED, isReadable, "a transaction is left open");
  }
}
