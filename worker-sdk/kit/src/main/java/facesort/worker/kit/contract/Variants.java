package facesort.worker.kit.contract;

import facesort.schemas.Topic;
import facesort.worker.Stage;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** A stage changed in one way, and a task that is none. */
final class Variants {
  private Variants() {}

  /** Built as its author would, without this hook. */
  static <P, T extends SpecificRecord, R> Stage<P, T, R> without(
      String hook, Stage<P, T, R> stage) {
    Stage.Builder<P, T, R> builder =
        Stage.<P, T, R>named(stage.name()).reads(stage.topic()).model(stage.model());
    if (!hook.equals("loadPipeline")) {
      builder.loadPipeline(stage.hooks().loadPipeline());
    }
    if (!hook.equals("process")) {
      builder.process(stage.hooks().process());
    }
    if (!hook.equals("publishNext")) {
      builder.publishNext(stage.hooks().publishNext());
    }
    return builder.build();
  }

  /** Its pipeline cannot be loaded. */
  static <P, T extends SpecificRecord, R> Stage<P, T, R> brokenPipeline(
      String why, Stage<P, T, R> stage) {
    return with(
        new Stage.Hooks<>(
            context -> {
              throw new Exception(why);
            },
            stage.hooks().process(),
            stage.hooks().publishNext()),
        stage.topic(),
        stage.interactiveTopic(),
        stage);
  }

  /** The same with other hooks and topics. */
  static <P, T extends SpecificRecord, R> Stage<P, T, R> with(
      Stage.Hooks<P, T, R> hooks,
      Topic<T> topic,
      @Nullable Topic<T> interactive,
      Stage<P, T, R> stage) {
    return new Stage<>(
        stage.name(),
        topic,
        interactive,
        stage.model(),
        stage.device(),
        stage.deadline(),
        stage.buckets(),
        stage.settings(),
        hooks,
        stage.publishRefused());
  }

  /** The event with a blank event_id, which no rule lets through. */
  static <T extends SpecificRecord> T blankId(T event) {
    Schema.Field id = event.getSchema().getField("event_id");
    event.put(id.pos(), "");
    return event;
  }
}
