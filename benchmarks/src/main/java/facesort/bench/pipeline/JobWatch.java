package facesort.bench.pipeline;

import facesort.bench.drive.WrongOutput;
import facesort.schemas.JobState;
import facesort.schemas.JobStatus;
import facesort.schemas.Topics;
import facesort.service.Events;
import facesort.service.KafkaClients;
import facesort.service.ServiceConfiguration;
import facesort.service.ServiceSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Waits for a job's end by reading committed records of job.status, which costs the system next to
 * nothing, and asks what the CPUs did meanwhile. For one thread.
 */
final class JobWatch implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(500);

  private final Events events;
  private final Consumer<byte[], byte[]> consumer;
  private final Supplier<CpuTicks> ticks;

  private JobWatch(Events events, Consumer<byte[], byte[]> consumer, Supplier<CpuTicks> ticks) {
    this.events = events;
    this.consumer = consumer;
    this.ticks = ticks;
  }

  /**
   * When what happened.
   *
   * @param submittedMillis since 1970
   * @param seconds from the submission to the end
   */
  record Times(
      String jobId,
      long submittedMillis,
      double seconds,
      Map<String, Double> states,
      CpuTicks before,
      CpuTicks matched,
      CpuTicks after) {

    SystemLeg leg(JobEvents events, List<SystemLeg.Arrival> arrivals) {
      int photos = events.seen().size();
      Map<String, Double> timeline = new TreeMap<>(states);
      events
          .lastMillis()
          .forEach((topic, last) -> timeline.put(topic, (last - submittedMillis) / 1000.0));
      return new SystemLeg(
          seconds,
          timeline,
          each(after.processMillisSince(before), photos),
          each(matched.processMillisSince(before), photos),
          each(after.threadMillisSince(before), photos),
          after.idleShareSince(before),
          matched.idleShareSince(before),
          after.otherShareSince(before),
          events.seen(),
          events.deliveries(),
          arrivals);
    }

    private static Map<String, Double> each(Map<String, Double> millis, int photos) {
      Map<String, Double> each = new TreeMap<>();
      millis.forEach((name, sum) -> each.put(name, sum / photos));
      return each;
    }
  }

  /** Begins to read from here on. */
  static JobWatch from(ServiceSettings settings, Supplier<CpuTicks> ticks) {
    ServiceConfiguration configuration = new ServiceConfiguration();
    Consumer<byte[], byte[]> consumer =
        KafkaClients.newConsumer(configuration.kafkaClients(settings).reader());
    List<TopicPartition> partitions =
        IntStream.range(0, Topics.JOB_STATUS.partitions())
            .mapToObj(number -> new TopicPartition(Topics.JOB_STATUS.name(), number))
            .toList();
    consumer.assign(partitions);
    consumer.seekToEnd(partitions);
    partitions.forEach(consumer::position);
    return new JobWatch(new Events(configuration.codec(settings)), consumer, ticks);
  }

  /**
   * Starts the clock, submits, and returns when the job is COMPLETED.
   *
   * @param submission answers the job's id
   */
  Times untilFinished(Supplier<String> submission, Duration limit) {
    CpuTicks before = ticks.get();
    @Nullable CpuTicks matched = null;
    Map<String, Double> states = new TreeMap<>();
    long submittedMillis = System.currentTimeMillis();
    long start = System.nanoTime();
    String jobId = submission.get();
    states.put("accepted", secondsSince(start));
    while (System.nanoTime() - start < limit.toNanos()) {
      for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
        if (record.value() == null || !Events.key(record).equals(jobId)) {
          continue;
        }
        JobStatus status = events.read(Topics.JOB_STATUS, record);
        double seconds = secondsSince(start);
        states.putIfAbsent("job " + status.getState(), seconds);
        if (matched == null && status.getState().compareTo(JobState.MATCHED) >= 0) {
          matched = ticks.get();
        }
        switch (status.getState()) {
          case COMPLETED -> {
            CpuTicks after = ticks.get();
            return new Times(
                jobId,
                submittedMillis,
                seconds,
                states,
                before,
                matched == null ? after : matched,
                after);
          }
          case CANCELLED, FAILED -> throw new WrongOutput("the job is " + status.getState());
          case UNKNOWN, QUEUED, RUNNING, MATCHED, DELIVERING, CLEANING -> {}
        }
      }
    }
    throw new WrongOutput("the job is not finished within " + limit);
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) / 1e9;
  }

  @Override
  public void close() {
    consumer.close();
  }
}
