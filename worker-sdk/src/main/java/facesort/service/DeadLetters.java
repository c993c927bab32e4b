package facesort.service;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Makes the record that goes to {@code <topic>-dlt}: original key, value and headers, in the
 * partition of the same number, with the cause as text headers. Readers of dead letters use the
 * headers and never decode the value.
 */
public final class DeadLetters {

  /** Where it was: topic-partition@offset. */
  public static final String ORIGIN = "x-dlt-origin";

  /** Name of the {@link facesort.schemas.FailureCode}. */
  public static final String CODE = "x-dlt-code";

  /** One line for people. */
  public static final String MESSAGE = "x-dlt-message";

  /** How often it was tried. */
  public static final String ATTEMPTS = "x-dlt-attempts";

  /** "true" when trying again may help. */
  public static final String RETRYABLE = "x-dlt-retryable";

  /** How often it was replayed from a dead-letter topic. */
  public static final String REPLAYS = "x-dlt-replays";

  /** Service and role that gave up. */
  public static final String SERVICE = "x-dlt-service";

  /** Owner, job, photo and task, when known. */
  public static final String OWNER = "x-dlt-owner";

  /** Job id, when known. */
  public static final String JOB = "x-dlt-job";

  /** Photo id, when known. */
  public static final String PHOTO = "x-dlt-photo";

  /** Task id, when known. */
  public static final String TASK = "x-dlt-task";

  /** Run of the job in which it failed, when known. */
  public static final String RUN = "x-dlt-run";

  private static final int LONGEST_MESSAGE = 1000;

  private final String service;

  /**
   * For one service.
   *
   * @param service name that is written to {@link #SERVICE}
   */
  public DeadLetters(String service) {
    this.service = service;
  }

  /** The dead letter for a record; sending it is the caller's, inside the caller's transaction. */
  public ProducerRecord<byte[], byte[]> of(ConsumerRecord<byte[], byte[]> source, DeadLetter why) {
    var headers = new RecordHeaders(source.headers());
    put(headers, ORIGIN, source.topic() + "-" + source.partition() + "@" + source.offset());
    put(headers, CODE, why.code().name());
    put(headers, MESSAGE, shortened(why.message()));
    put(headers, ATTEMPTS, String.valueOf(why.attempts()));
    if (headers.lastHeader(REPLAYS) == null) {
      put(headers, REPLAYS, "0");
    }
    put(headers, SERVICE, service);
    put(headers, OWNER, why.ownerId());
    put(headers, JOB, why.jobId());
    put(headers, PHOTO, why.photoId());
    put(headers, TASK, why.taskId());
    put(headers, RUN, why.run() == null ? null : why.run().toString());
    return new ProducerRecord<>(
        source.topic() + "-dlt", source.partition(), null, source.key(), source.value(), headers);
  }

  /** As {@link #of(ConsumerRecord, DeadLetter)}, saying whether trying again may help. */
  public ProducerRecord<byte[], byte[]> of(
      ConsumerRecord<byte[], byte[]> source, DeadLetter why, boolean retryable) {
    var letter = of(source, why);
    put(letter.headers(), RETRYABLE, String.valueOf(retryable));
    return letter;
  }

  private static void put(Headers headers, String name, @Nullable String value) {
    headers.remove(name);
    if (value != null) {
      headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static String shortened(String message) {
    var line = message.replaceAll("\\s+", " ");
    return line.length() <= LONGEST_MESSAGE ? line : line.substring(0, LONGEST_MESSAGE) + "...";
  }
}
