package facesort.worker;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * The process in which suspects run, so that it dies instead of the worker. Started when it is
 * needed; used by one thread at a time.
 */
final class ChildProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ChildProcess.class);
  private static final Duration START = Duration.ofSeconds(60);

  /** A crash report takes its time. */
  private static final Duration DIES_WITHIN = Duration.ofSeconds(30);

  private final List<String> command;
  private final ConfigurableEnvironment settings;
  private @Nullable Running running;
  private @Nullable Running used;

  /** What became of records that were given to the child. */
  sealed interface Verdict {}

  /** It answered, in the records' order. */
  record Answered(List<Answer> answers) implements Verdict {}

  /** It died. */
  record Died(int status) implements Verdict {}

  /** It did not answer in time and was killed. */
  record Killed() implements Verdict {}

  /** A child that answers. */
  record Running(Process process, DataInputStream in, DataOutputStream out) {}

  /** A command that starts this program as a child, and the settings that it gets. */
  ChildProcess(List<String> command, ConfigurableEnvironment settings) {
    this.command = List.copyOf(command);
    this.settings = settings;
  }

  /**
   * Runs records in the child.
   *
   * @throws IllegalStateException when no child can be started: that convicts nobody
   */
  synchronized Verdict answers(List<ConsumerRecord<byte[], byte[]>> records, Duration longest) {
    Running child = ready();
    CompletableFuture<List<Answer>> answer = new CompletableFuture<>();
    Thread.ofPlatform().daemon().name("child").start(() -> ask(child, records, answer));
    try {
      List<Answer> answers = answer.get(longest.toMillis(), TimeUnit.MILLISECONDS);
      used = child;
      return new Answered(answers);
    } catch (TimeoutException e) {
      end(child);
      return new Killed();
    } catch (ExecutionException e) {
      if (!endsByItself(child)) {
        end(child);
        throw new IllegalStateException("The child does not answer as agreed", e);
      }
      int status = end(child);
      log.warn(
          "the child ended with status {} while {} records ran: {}",
          status,
          records.size(),
          String.valueOf(e.getCause()));
      return new Died(status);
    } catch (InterruptedException e) {
      end(child);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a child worked", e);
    }
  }

  /** Only the death of the process is a verdict; what broke the pipe otherwise is not. */
  private static boolean endsByItself(Running child) {
    try {
      return child.process().waitFor(DIES_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Whether the next record is the first that its child works on. */
  synchronized boolean isFresh() {
    return running == null || !running.process().isAlive() || !running.equals(used);
  }

  /**
   * Starts the child unless there is one.
   *
   * @throws IllegalStateException when none can be started
   */
  synchronized Running ready() {
    Running child = running != null && running.process().isAlive() ? running : start();
    running = child;
    return child;
  }

  private static void ask(
      Running child,
      List<ConsumerRecord<byte[], byte[]>> records,
      CompletableFuture<List<Answer>> answer) {
    try {
      child.out().writeInt(records.size());
      for (ConsumerRecord<byte[], byte[]> record : records) {
        ChildFrames.write(child.out(), record);
      }
      child.out().flush();
      if (child.in().readInt() != ChildFrames.MAGIC) {
        throw new IOException("The child wrote something else than an answer");
      }
      List<Answer> answers = new ArrayList<>();
      for (int i = 0; i < records.size(); i++) {
        answers.add(ChildFrames.readAnswer(child.in()));
      }
      answer.complete(answers);
    } catch (IOException | RuntimeException e) {
      answer.completeExceptionally(e);
    }
  }

  private Running start() {
    long begun = System.nanoTime();
    Process process = null;
    try {
      // The child's logs and prints go where the worker's go, never into its answers.
      ProcessBuilder builder = new ProcessBuilder(command).redirectError(Redirect.INHERIT);
      // Their flags are in the command already, without what two processes would fight for.
      builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
      process = builder.start();
      Running child =
          new Running(
              process,
              new DataInputStream(new BufferedInputStream(process.getInputStream())),
              new DataOutputStream(new BufferedOutputStream(process.getOutputStream())));
      CompletableFuture<Boolean> ready = new CompletableFuture<>();
      Thread.ofPlatform().daemon().name("child-start").start(() -> awaitReady(child, ready));
      ready.get(START.toSeconds(), TimeUnit.SECONDS);
      log.info("child ready after {} ms", TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun));
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("No child process could be started", e);
    } catch (ExecutionException | TimeoutException e) {
      kill(process);
      throw new IllegalStateException("The child process did not become ready: " + e, e);
    } catch (InterruptedException e) {
      kill(process);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a child started", e);
    }
  }

  private static void kill(@Nullable Process process) {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  private void awaitReady(Running child, CompletableFuture<Boolean> ready) {
    try {
      ChildSettings.write(child.out(), settings);
      child.out().flush();
      if (child.in().readInt() != ChildFrames.MAGIC) {
        throw new IOException("The child wrote something else than that it is ready");
      }
      ready.complete(true);
    } catch (IOException | RuntimeException e) {
      child.process().destroyForcibly();
      ready.completeExceptionally(e);
    }
  }

  private int end(Running child) {
    running = null;
    try {
      return child.process().destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return -1;
    }
  }

  /** Ends the child, if there is one; the next question starts a fresh one. */
  @Override
  public synchronized void close() {
    if (running != null) {
      end(running);
    }
  }
}
