package facesort.bench.drive;

import facesort.bench.stack.BenchStack;
import facesort.schemas.TaskQueued;
import facesort.schemas.Topic;
import facesort.service.Events;
import facesort.service.KafkaClients;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
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
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);

  private final Topic<TaskQueued> topic;
  private final Events events;
  private final Consumer<byte[], byte[]> consumer;
  private final List<Answer> answers = new ArrayList<>();
  private final Thread thread;
  private volatile boolean closed;
  private volatile @Nullable RuntimeException failure;

  private Watch(BenchStack stack, Topic<TaskQueued> topic) {
    this.topic = topic;
    this.events = new Events(stack.codec());
    this.consumer = KafkaClients.newConsumer(stack.clients().reader());
    consumer.assign(
        IntStream.range(0, topic.partitions())
            .mapToObj(partition -> new TopicPartition(topic.name(), partition))
            .toList());
    this.thread = Thread.ofPlatform().name("watch-" + topic.name()).daemon().start(this::run);
  }

  /** Begins to read. */
  public static Watch over(BenchStack stack, Topic<TaskQueued> topic) {
    return new Watch(stack, topic);
  }

  /** All that was read so far, ticks too; in the order of each partition. */
  public List<Answer> all() {
    RuntimeException failed = failure;
    if (failed != null) {
      throw new IllegalStateException("the answers in " + topic.name() + " cannot be read", failed);
    }
    synchronized (answers) {
      return List.copyOf(answers);
    }
  }

  /** Those that match. */
  public List<Answer> matching(Predicate<Answer> wanted) {
    return all().stream().filter(wanted).toList();
  }

  /** How often each task was answered, by its id. */
  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new HashMap<>();
    matching(Answer::isTask).forEach(answer -> counts.merge(answer.key(), 1, Integer::sum));
    return counts;
  }

  /** Tasks without answer and answers beyond the first; empty when all is right. */
  public List<String> wrong(List<TaskQueued> asked) {
    Map<String, Integer> counts = counts();
    List<String> wrong = new ArrayList<>();
    for (TaskQueued task : asked) {
      int times = counts.getOrDefault(task.getTaskId(), 0);
      if (times != 1) {
        wrong.add("%s answered %d times".formatted(task.getPhotoId(), times));
      }
    }
    return wrong;
  }

  /** Waits until it holds; false when the limit passes first. */
  public static boolean until(BooleanSupplier condition, Duration limit) {
    long end = System.nanoTime() + limit.toNanos();
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > end) {
          return false;
        }
        Thread.sleep(LOOK_EVERY);
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Waits for the first answer that matches; throws when there is none within the limit. */
  public Answer await(Predicate<Answer> wanted, Duration limit, String what) {
    List<Answer> found = new ArrayList<>();
    boolean came =
        until(
            () -> {
              found.addAll(matching(wanted));
              return !found.isEmpty();
            },
            limit);
    if (!came) {
      throw new IllegalStateException("%s: nothing within %s".formatted(what, limit));
    }
    return found.getFirst();
  }

  private void run() {
    try (consumer) {
      while (!closed) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          Answer answer = answer(record);
          synchronized (answers) {
            answers.add(answer);
          }
        }
      }
    } catch (WakeupException | InterruptException e) {
      // close() ends it.
      closed = true;
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  private Answer answer(ConsumerRecord<byte[], byte[]> record) {
    long now = System.nanoTime();
    return new Answer(
        Events.key(record),
        record.partition(),
        record.timestamp(),
        now,
        record.value() == null ? "" : said(events.read(topic, record)));
  }

  private static String said(TaskQueued answer) {
    return answer.getSettledMessage() == null ? "" : answer.getSettledMessage();
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
