package facesort.bench.worker;

import facesort.bench.peer.RawLoop;
import facesort.bench.peer.SpringLoop;
import facesort.bench.stage.WorkerSetup;
import facesort.local.ProjectHome;
import facesort.worker.kit.WorkerProcess;

/** Who is measured against whom. */
enum Contender {
  /** Kafka's own clients: the floor. */
  RAW("raw", 1),
  /** This project's worker with everything armed. */
  OURS("ours", 1),
  /** spring-kafka's batch listener in a container transaction. */
  SPRING_BATCH("spring-batch", 1),
  /** Confluent's parallel consumer, ordered by key. */
  PARALLEL_CONSUMER("parallel-consumer", 4),
  /** spring-kafka's record listener, one transaction a record. */
  SPRING_RECORD("spring-record", 100);

  private final String text;
  private final int slower;

  Contender(String text, int slower) {
    this.text = text;
    this.slower = slower;
  }

  /** Its name in results. */
  String text() {
    return text;
  }

  /** Records of its legs when the fastest get so many: each leg takes about as long. */
  int records(int most) {
    return Math.max(most / slower, 20);
  }

  WorkerProcess start(WorkerSetup setup) {
    String own = System.getProperty("java.class.path");
    return switch (this) {
      case RAW -> setup.startPeer(own, RawLoop.class.getName());
      case OURS -> setup.start(0);
      case SPRING_BATCH -> setup.startPeer(own, SpringLoop.class.getName(), "batch");
      case SPRING_RECORD -> setup.startPeer(own, SpringLoop.class.getName(), "record");
      case PARALLEL_CONSUMER ->
          setup.startPeer(parallelConsumer(), "facesort.bench.parallel.ParallelEcho");
    };
  }

  private static String parallelConsumer() {
    ProjectHome home = ProjectHome.find();
    return home.built("benchmarks/parallel-consumer/target/lib")
        + "/*:"
        + home.built("benchmarks/parallel-consumer/target/classes");
  }
}
