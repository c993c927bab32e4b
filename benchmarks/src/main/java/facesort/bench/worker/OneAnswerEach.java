package facesort.bench.worker;

import facesort.bench.drive.Watch;
import facesort.bench.drive.WrongOutput;
import facesort.bench.stage.WorkerSetup;
import facesort.schemas.TaskQueued;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.worker.kit.TopicLog;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** The check of what came out: no figure counts without it. */
final class OneAnswerEach {
  private static final int SHOWN = 5;

  private OneAnswerEach() {}

  /** Throws unless each of these tasks has one answer and no other has any; names dead letters. */
  static void require(WorkerSetup setup, Watch watch, List<TaskQueued> asked) {
    List<String> wrong = watch.wrong(asked);
    if (wrong.isEmpty()) {
      return;
    }
    List<String> letters =
        TopicLog.committed(setup.stack().clients(), setup.in().deadLetters()).stream()
            .map(OneAnswerEach::line)
            .toList();
    throw new WrongOutput(
        "%s: of %d tasks %d not as they must be, %s; %d dead letters %s"
            .formatted(
                setup.service(),
                asked.size(),
                wrong.size(),
                wrong.stream().limit(SHOWN).toList(),
                letters.size(),
                letters.stream().limit(SHOWN).toList()));
  }

  private static String line(ConsumerRecord<byte[], byte[]> letter) {
    return "%s %s %s"
        .formatted(
            Events.key(letter),
            text(letter.headers().lastHeader(DeadLetters.CODE)),
            text(letter.headers().lastHeader(DeadLetters.MESSAGE)));
  }

  private static String text(Header header) {
    return new String(header.value(), StandardCharsets.UTF_8);
  }
}
