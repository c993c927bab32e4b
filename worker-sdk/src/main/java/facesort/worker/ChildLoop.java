package facesort.worker;

import ch.qos.logback.classic.Level;
import facesort.schemas.FailureCode;
import facesort.service.Events;
import facesort.service.ServiceConfiguration;
import facesort.service.ServiceSettings;
import facesort.service.StorageTriedOnce;
import facesort.service.WorkerIdentity;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.util.function.SingletonSupplier;

/**
 * The child's side: reads records from stdin, works on them, writes answers to a pipe of their own,
 * until stdin ends. It has no part in any consumer group, transaction or deadline: those are its
 * parent's.
 */
final class ChildLoop {
  /** The parent's deadline ends the child; its own must not come first. */
  private static final Duration LONGEST = Duration.ofDays(1);

  /** What the command of the child connects to its parent; see {@link ChildCommand}. */
  private static final String ANSWERS = "/proc/self/fd/3";

  private ChildLoop() {}

  static void run(WorkerProgram program, String... arguments) {
    ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME))
        .setLevel(Level.WARN);
    dieFirst();
    dieWithTheParent();
    DataInputStream in = new DataInputStream(new BufferedInputStream(System.in));
    try {
      DataOutputStream out =
          new DataOutputStream(new BufferedOutputStream(new FileOutputStream(ANSWERS)));
      serve(load(program, ChildSettings.read(in), arguments), in, out);
    } catch (EOFException e) {
      // The parent has closed the pipe or has died: nobody waits for an answer.
      Runtime.getRuntime().halt(0);
    } catch (IOException | RuntimeException e) {
      LoggerFactory.getLogger(ChildLoop.class).error("the child ends", e);
      Runtime.getRuntime().halt(1);
    }
  }

  /** Work that hangs would never see the end of stdin. */
  private static void dieWithTheParent() {
    for (ProcessHandle parent : ProcessHandle.current().parent().stream().toList()) {
      var _ = parent.onExit().thenRun(() -> Runtime.getRuntime().halt(0));
    }
  }

  /** When memory is short the kernel shall end the child and not the worker. */
  private static void dieFirst() {
    try {
      Files.writeString(Path.of("/proc/self/oom_score_adj"), "1000");
    } catch (IOException e) {
      LoggerFactory.getLogger(ChildLoop.class).warn("not first to die: {}", e.toString());
    }
  }

  private static LoadedStage<?, ?, ?> load(
      WorkerProgram program, ConfigurableEnvironment environment, String... arguments) {
    Binder binder = Binder.get(environment);
    String role = program.role(role(arguments));
    ServiceSettings service = binder.bindOrCreate("facesort", ServiceSettings.class);
    WorkerSettings worker = binder.bindOrCreate("facesort.worker", WorkerSettings.class);
    ServiceConfiguration parts = new ServiceConfiguration();
    WorkerIdentity who = program.identity(role, service.slot());
    Events events = new Events(parts.codec(service), who.service());
    return StageLoader.load(
        program.stage(role),
        new StageLoader.Parts(
            parts.clock(),
            events,
            parts.kafkaClients(service),
            binder,
            SingletonSupplier.of(
                () -> new Storage(new StorageTriedOnce().objectStore(service), parts.clock()))),
        worker,
        (source, begun) -> new RecordHeaders());
  }

  private static String role(String... arguments) {
    for (String argument : arguments) {
      if (argument.startsWith("--role=")) {
        return argument.substring("--role=".length());
      }
    }
    throw new StageRefused("The child was told no role");
  }

  private static <P, T extends SpecificRecord, R> void serve(
      LoadedStage<P, T, R> stage, DataInputStream in, DataOutputStream out) throws IOException {
    out.writeInt(ChildFrames.MAGIC);
    out.flush();
    while (true) {
      int count = in.readInt();
      List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        records.add(ChildFrames.readRecord(in));
      }
      List<Answer> answers = answers(stage, records);
      out.writeInt(ChildFrames.MAGIC);
      for (Answer answer : answers) {
        ChildFrames.write(out, answer);
      }
      out.flush();
    }
  }

  /** An exception is an answer, too: only what ends this process may convict a record. */
  private static <P, T extends SpecificRecord, R> List<Answer> answers(
      LoadedStage<P, T, R> stage, List<ConsumerRecord<byte[], byte[]>> records) {
    try {
      List<Received<T>> bucket = records.stream().map(stage::receive).toList();
      Map<Task<T>, Answer> answers = stage.answers(bucket, LONGEST, Steps.UNTIMED);
      return bucket.stream()
          .map(received -> answers.getOrDefault(received.task(), new Answer.OverTime()))
          .toList();
    } catch (WorkMustWait e) {
      Answer failed =
          new Answer.Failed(FailureCode.INTERNAL, String.valueOf(e), e.dependency(), true);
      return Collections.nCopies(records.size(), failed);
    } catch (RuntimeException e) {
      Answer failed = new Answer.Failed(FailureCode.INTERNAL, String.valueOf(e), "", true);
      return Collections.nCopies(records.size(), failed);
    }
  }
}
