package facesort.ingest.job;

import facesort.schemas.Topics;
import facesort.service.Events;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * The records of a job, made from its manifest alone: SUBMIT first, then one task for each photo in
 * list order, cut into transactions. Made twice they are the same.
 */
public final class SubmissionRecords {

  /** Most records of one transaction. */
  static final int AT_ONCE = 1000;

  private final Events events;
  private final SubmissionEvents submission;

  /** For manifests in that bucket. */
  public SubmissionRecords(Events events, String bucket) {
    this.events = events;
    this.submission = new SubmissionEvents(bucket);
  }

  /** Positions at which the transactions begin that queue the photos from this one on. */
  static List<Integer> starts(int total, int from) {
    var starts = new ArrayList<Integer>();
    for (int start = from; start < total; start = end(total, start)) {
      starts.add(start);
    }
    return starts;
  }

  /** Position after the last photo of the transaction that begins at start. */
  static int end(int total, int start) {
    int tasks = start == 0 ? AT_ONCE - 1 : AT_ONCE;
    return Math.min(total, start + tasks);
  }

  /** The records of the transaction that begins at start. */
  List<ProducerRecord<byte[], byte[]>> transaction(Manifest manifest, int start) {
    var records = new ArrayList<ProducerRecord<byte[], byte[]>>();
    if (start == 0) {
      records.add(events.record(Topics.JOB_CONTROL, manifest.jobId(), submission.submit(manifest)));
    }
    var topic = SubmissionEvents.topic(manifest.lane());
    IntStream.range(start, end(manifest.photos().size(), start))
        .mapToObj(position -> submission.task(manifest, position))
        .forEach(task -> records.add(events.record(topic, task.getTaskId(), task)));
    return records;
  }
}
