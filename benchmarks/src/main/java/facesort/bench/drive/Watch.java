package facesort.bench.drive;

import facesort.bench.stack.BenchStack;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.worker.kit.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answers of a topic from its beginning as they are committed, on a thread of its own.
 */
public final class Watch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(200);

  private final String topic;
  private final Function<ConsumerRecord<byte[], byte[]>, Answer> reading;
  private final Consumer<byte[], byte[]> consumer;
  private final List<Answer> answers = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable RuntimeException failure;

  private Watch(
      BenchStack stack,
      String topic,
      int partitions,
      Function<ConsumerRecord<byte[], byte[]>, Answer> reading) {
    this.topic = topic;
    this.reading = reading;
    this.consumer = KafkaClients.newConsumer(stack.clients().reader());
    consumer.assign(
        IntStream.range(0, partitions)
            .mapToObj(partition -> new TopicPartition(topic, partition))
            .toList());
    this.thread = Thread.ofPlatform().name("watch-" + topic).daemon().start(this::run);
  }

  /** Begins to read a topic of answers. */
  public static Watch over(BenchStack stack, Topic<TaskQueued> topic) {
    Events events = new Events(stack.codec());
    return new Watch(
        stack, topic.name(), topic.partitions(), record -> Answer.of(events, topic, record));
  }

  /** Begins to read a topic's dead letters, as answers by nobody. */
  public static Watch overDeadLetters(BenchStack stack, Topic<TaskQueued> topic) {
    return new Watch(
        stack,
        topic.deadLetters(),
        topic.partitions(),
        letter ->
            new Answer(
                Events.key(letter), letter.partition(), letter.timestamp(), System.nanoTime(), ""));
  }

  /** Those that match of all that was read so far, ticks too; in the order of each partition. */
  public List<Answer> matching(Predicate<Answer> wanted) {
    requireReading();
    synchronized (answers) {
      return answers.stream().filter(wanted).toList();
    }
  }

  /** How many tasks have an answer. */
  public int tasks() {
    requireReading();
    synchronized (answers) {
      return counts.size();
    }
  }

  /** Whether this task has an answer. */
  public boolean hasAnswer(String taskId) {
    requireReading();
    synchronized (answers) {
      return counts.containsKey(taskId);
    }
  }

  /** What is wrong: these tasks unless they have one answer each, and how many others have one. */
  public List<String> wrong(List<TaskQueued> asked) {
    requireReading();
    List<String> wrong = new ArrayList<>();
    synchronized (answers) {
      int answered = 0;
      for (TaskQueued task : asked) {
        int times = counts.getOrDefault(task.getTaskId(), 0);
        answered += times == 0 ? 0 : 1;
        if (times != 1) {
          wrong.add(
              "%s, task %s, answered %d times"
                  .formatted(task.getPhotoId(), task.getTaskId(), times));
        }
      }
      if (answered != counts.size()) {
        wrong.add("%d answers to tasks that nobody sent".formatted(counts.size() - answered));
      }
    }
    return wrong;
  }

  /**
   * Waits for the first answer that matches.
   *
   * @param stillThere throws when waiting is in vain
   * @return empty when there is none within the limit
   */
  public Optional<Answer> await(Predicate<Answer> wanted, Duration limit, Runnable stillThere) {
    AtomicReference<@Nullable Answer> found = new AtomicReference<>();
    int[] looked = {0};
    var _ =
        Pause.until(
            () -> {
              stillThere.run();
              requireReading();
              synchronized (answers) {
                while (found.get() == null && looked[0] < answers.size()) {
                  Answer answer = answers.get(looked[0]++);
                  found.set(wanted.test(answer) ? answer : null);
                }
              }
              return found.get() != null;
            },
            limit);
    return Optional.ofNullable(found.get());
  }

  private void requireReading() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw new IllegalStateException("the answers in " + topic + " cannot be read", failed);
    }
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          add(reading.apply(record));
        }
      }
    } catch (WakeupException | InterruptException e) {
      // close() ends it.
      closed = true;
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private void add(Answer answer) {
    synchronized (answers) {
      answers.add(answer);
      if (answer.isTask()) {
        counts.merge(answer.key(), 1, Integer::sum);
      }
    }
  }

  @Override
  public void close() {
    closed = true;
    consumer.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
