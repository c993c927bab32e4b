package facesort.inference.task;

import facesort.schemas.Topic;
import facesort.service.DeadLetter;
import org.apache.avro.specific.SpecificRecord;

/** What becomes of a task. */
public sealed interface Outcome {
  /**
   * It is done: an event follows from it.
   *
   * @param topic where the event goes
   * @param key its key
   * @param event what it says
   * @param <V> its type
   */
  record Publish<V extends SpecificRecord>(Topic<V> topic, String key, V event)
      implements Outcome {}

  /**
   * It can never be done.
   *
   * @param why what is wrong with it
   */
  record Refuse(DeadLetter why) implements Outcome {}

  /**
   * There is nothing to do.
   *
   * @param why one word or two for the log
   */
  record Skip(String why) implements Outcome {}
}
