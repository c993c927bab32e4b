package facesort.inference.match;

import facesort.inference.settings.InferenceSettings;
import facesort.schemas.FacesDetected;
import facesort.schemas.MatchResult;
import facesort.schemas.Topics;
import facesort.service.CommittedGaps;
import facesort.worker.Outcome;
import facesort.worker.Outgoing;
import facesort.worker.Stage;
import facesort.worker.Task;
import facesort.worker.TaskContext;
import facesort.worker.WorkerContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import reactor.core.publisher.Flux;

/** The role match: no model; all friends in memory before the first face. */
public final class MatchStage {
  /** Beyond the longest wait for friends: nothing here takes long by itself. */
  private static final Duration DEADLINE =
      InferenceSettings.Match.LONGEST_WAIT.plus(Duration.ofMinutes(1));

  private MatchStage() {}

  /** Faces in, friends out. */
  public static Stage<PhotoMatcher, FacesDetected, MatchResult> stage() {
    return Stage.<PhotoMatcher, FacesDetected, MatchResult>named("match")
        .reads(Topics.FACES_DETECTED)
        .model(PhotoMatcher::id)
        .deadline(DEADLINE)
        .settings(InferenceSettings.class)
        .loadPipeline(MatchStage::load)
        .process(MatchStage::process)
        .publishNext((context, task, result) ->
            List.of(new Outgoing<>(Topics.MATCH_RESULT, task.id(), result)))
        .build();
  }

  private static PhotoMatcher load(WorkerContext context) {
    InferenceSettings.Match settings = context.settings(InferenceSettings.class).match();
    MatchPolicy policy =
        new MatchPolicy(settings.threshold(), settings.margin(), settings.reviewFrom());
    CommittedGaps gaps = context.gaps();
    Galleries galleries =
        new Galleries(
            (partition, from, end) -> gaps.isEmpty(Topics.FRIEND_PROFILE, partition, from, end));
    context.follow(Topics.FRIEND_PROFILE, galleries::profile);
    context.follow(Topics.FRIEND_GALLERY, galleries::gallery);
    return new PhotoMatcher(galleries, policy, settings.galleryWait(), context.clock());
  }

  /** One after the other: each may wait for friends, and the waits run at the same time anyway. */
  private static Flux<Outcome<MatchResult>> process(
      TaskContext<PhotoMatcher> context, List<Task<FacesDetected>> tasks) {
    Instant begun = context.clock().instant();
    return context.each(
        tasks,
        1,
        task ->
            context.compute(() -> context.pipeline().match(task.event(), task.causation(), begun)));
  }
}
