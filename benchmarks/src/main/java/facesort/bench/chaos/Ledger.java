package facesort.bench.chaos;

import facesort.bench.drive.Answer;
import facesort.bench.stage.Sharpness;
import facesort.bench.stage.WorkerSetup;
import facesort.schemas.FailureCode;
import facesort.schemas.TaskQueued;
import facesort.service.DeadLetters;
import facesort.service.Events;
import facesort.worker.kit.TopicLog;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares what was asked with what the topics hold when all workers have ended. */
final class Ledger {
  private final Map<String, Integer> answers = new HashMap<>();
  private final Map<String, Integer> letters = new HashMap<>();
  private final Map<String, String> codes = new HashMap<>();
  private final Map<String, Double> scores = new HashMap<>();

  /** Reads the answers and the dead letters to their end. */
  Ledger(WorkerSetup setup) {
    Events events = new Events(setup.stack().codec());
    for (var record : TopicLog.committed(setup.stack().clients(), setup.out().name())) {
      Answer answer = Answer.of(events, setup.out(), record);
      answers.merge(answer.key(), 1, Integer::sum);
      scores.put(answer.key(), answer.score());
    }
    for (var letter : TopicLog.committed(setup.stack().clients(), setup.in().deadLetters())) {
      letters.merge(Events.key(letter), 1, Integer::sum);
      byte[] code = letter.headers().lastHeader(DeadLetters.CODE).value();
      codes.put(Events.key(letter), new String(code, StandardCharsets.UTF_8));
    }
  }

  /**
   * The counts.
   *
   * @param expected score of each photo, by task id; a killer has none
   */
  Verdict.Counts counts(List<TaskQueued> asked, Map<String, Double> expected) {
    int lost = 0;
    int duplicated = 0;
    int wrong = 0;
    int quarantined = 0;
    int innocents = 0;
    for (TaskQueued task : asked) {
      String id = task.getTaskId();
      int times = answers.getOrDefault(id, 0) + letters.getOrDefault(id, 0);
      boolean killer = task.getPhotoId().startsWith(Sharpness.KILLER);
      lost += times == 0 ? 1 : 0;
      duplicated += times > 1 ? 1 : 0;
      quarantined += killer && FailureCode.NATIVE_CRASH.name().equals(codes.get(id)) ? 1 : 0;
      innocents += !killer && letters.containsKey(id) ? 1 : 0;
      wrong += scores.containsKey(id) && !scores.get(id).equals(expected.get(id)) ? 1 : 0;
    }
    return new Verdict.Counts(lost, duplicated, wrong + unasked(asked), quarantined, innocents);
  }

  private int unasked(List<TaskQueued> asked) {
    Set<String> keys = new HashSet<>(answers.keySet());
    keys.addAll(letters.keySet());
    asked.forEach(task -> keys.remove(task.getTaskId()));
    return keys.size();
  }
}
