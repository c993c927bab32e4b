package facesort.ingest.cleanup;

import facesort.ingest.job.Manifest;
import facesort.ingest.job.ManifestStore;
import facesort.schemas.Causation;
import facesort.schemas.Cleanup;
import facesort.schemas.CleanupKind;
import facesort.schemas.EventIds;
import facesort.schemas.Topics;
import facesort.service.DeleteOutcome;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.service.StoredObject;
import java.time.Clock;
import java.util.Optional;
import java.util.stream.Collectors;
import reactor.core.publisher.Mono;

/**
 * Carries a request out: plans, deletes, looks again. Running it twice is as good as once, so a
 * crash in the middle needs nothing but another run.
 */
public final class Cleaner {

  private final ObjectStore store;
  private final ManifestStore manifests;
  private final Clock clock;

  /** Over the bucket. */
  public Cleaner(ObjectStore store, ManifestStore manifests, Clock clock) {
    this.store = store;
    this.manifests = manifests;
    this.clock = clock;
  }

  /**
   * Removes what the request does not keep.
   *
   * @param cause the record that carries the request
   * @return the answer, whose id depends on the request alone; or {@link LeftBehindException}
   */
  Mono<Cleanup> clean(Cleanup request, Causation cause) {
    return manifests
        .find(request.getOwnerId(), request.getJobId())
        .singleOptional()
        .flatMap(manifest -> clean(request, manifest))
        .map(plan -> done(request, cause, plan));
  }

  private Mono<CleanupPlan> clean(Cleanup request, Optional<Manifest> manifest) {
    return plan(request, manifest)
        .flatMap(
            plan -> delete(plan).then(plan(request, manifest)).map(after -> checked(plan, after)));
  }

  private Mono<CleanupPlan> plan(Cleanup request, Optional<Manifest> manifest) {
    return store
        .list(ObjectKeys.jobPrefix(request.getOwnerId(), request.getJobId()))
        .collectList()
        .map(listing -> CleanupPlan.of(request, listing, manifest));
  }

  private Mono<DeleteOutcome> delete(CleanupPlan plan) {
    return store
        .delete(plan.keys())
        .doOnNext(outcome -> {
          if (!outcome.errors().isEmpty()) {
            throw new LeftBehindException(outcome.errors());
          }
        });
  }

  /** For photos that were named by key, which lie elsewhere, the deletion's own answer counts. */
  private static CleanupPlan checked(CleanupPlan before, CleanupPlan after) {
    if (!after.objects().isEmpty()) {
      throw new LeftBehindException(
          after.objects().stream()
              .collect(Collectors.toMap(StoredObject::key, _ -> "still listed")));
    }
    return new CleanupPlan(before.objects(), before.sources(), after.left());
  }

  private Cleanup done(Cleanup request, Causation cause, CleanupPlan plan) {
    var keyIds = request.getJobId() + "/" + CleanupKind.DONE;
    return Cleanup.newBuilder()
        .setEventId(EventIds.event(Topics.CLEANUP, keyIds, request.getRun(), 0, request.getSeq()))
        .setOccurredAt(clock.instant())
        .setJobId(request.getJobId())
        .setOwnerId(request.getOwnerId())
        .setRun(request.getRun())
        .setCausation(cause)
        .setKind(CleanupKind.DONE)
        .setSeq(request.getSeq())
        .setDeleteSource(request.getDeleteSource())
        .setKept(plan.left())
        .setDeletedObjects(plan.count())
        .setDeletedBytes(plan.bytes())
        .build();
  }
}
