package facesort.ingest.job;

import facesort.ingest.friend.ProfileOffsets;
import facesort.ingest.photo.PhotoStore;
import facesort.ingest.photo.ReceivedPart;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.service.web.ApiException;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import reactor.core.publisher.Mono;

/**
 * A request's way to a job: open it, give it its photos one by one, submit it. Safe for use by many
 * threads, each with its own {@link OpenJob}.
 */
public final class Jobs {

  private static final Logger log = LoggerFactory.getLogger(Jobs.class);

  private final ManifestStore manifests;
  private final Submissions submissions;
  private final ProfileOffsets profiles;
  private final PhotoStore photoStore;
  private final ObjectStore store;
  private final JobRules rules;
  private final Clock clock;

  /** Over what it needs; all of it is closed by others. */
  public Jobs(
      ManifestStore manifests,
      Submissions submissions,
      ProfileOffsets profiles,
      PhotoStore photoStore,
      ObjectStore store,
      JobRules rules,
      Clock clock) {
    this.manifests = manifests;
    this.submissions = submissions;
    this.profiles = profiles;
    this.photoStore = photoStore;
    this.store = store;
    this.rules = rules;
    this.clock = clock;
  }

  /** Opens a request; its keys are looked up here, unless the job was accepted before. */
  public Mono<OpenJob> open(JobRequest request) {
    checkCount(request.keys().size());
    var jobId = request.jobId();
    var photos = new PhotoList(request.ownerId(), jobId);
    return manifests
        .find(request.ownerId(), jobId)
        .map(earlier -> {
          request.keys().forEach(photos::addNamed);
          return new OpenJob(request, photos, earlier);
        })
        .switchIfEmpty(
            Mono.defer(() ->
                new KeyedPhotos(store)
                    .addTo(photos, request.ownerId(), request.keys())
                    .thenReturn(new OpenJob(request, photos, null))));
  }

  /** Takes one uploaded photo: stores it, unless it is settled already or was accepted before. */
  public Mono<Void> photo(OpenJob job, ReceivedPart part) {
    checkCount(job.photos().size() + 1);
    var photo = job.photos().upload(part.filename(), part.length(), part.sha256(), part.head());
    if (job.earlier() != null || photo.settled() != null) {
      return Mono.fromRunnable(() -> job.photos().add(photo));
    }
    return photoStore
        .put(photo.key(), part)
        .doOnNext(stored -> job.photos().add(photo.stored(stored.etag(), stored.length())))
        .then();
  }

  /** Submits the job; done when all its records are committed. */
  public Mono<JobAccepted> submit(OpenJob job) {
    var photos = job.photos().photos();
    if (photos.isEmpty()) {
      throw new ApiException(
          HttpStatus.BAD_REQUEST,
          "NO_PHOTOS",
          "a job needs at least one photo: add file parts named photos, or keys");
    }
    var hash = RequestHash.of(job.request(), photos);
    var key = job.request().idempotencyKey();
    if (job.earlier() != null) {
      return submissions
          .repeat(job.earlier(), hash)
          .map(manifest -> JobAccepted.of(manifest, key, true));
    }
    return profiles.now().flatMap(upto -> claim(manifest(job.request(), hash, upto, photos), key));
  }

  private Mono<JobAccepted> claim(Manifest manifest, String key) {
    return submissions
        .claim(manifest)
        .flatMap(claimed ->
            claimed
                ? Mono.just(JobAccepted.of(manifest, key, false))
                : lost(manifest).map(earlier -> JobAccepted.of(earlier, key, true)));
  }

  /** Another request with the same key was faster. */
  private Mono<Manifest> lost(Manifest mine) {
    return manifests
        .find(mine.ownerId(), mine.jobId())
        .flatMap(earlier ->
            submissions
                .repeat(earlier, mine.requestHash())
                .onErrorResume(
                    ApiException.class,
                    error -> removeUnnamed(mine, earlier).then(Mono.error(error))));
  }

  /**
   * Photos that this request stored and that the job does not name: no cleanup would ask for them.
   */
  private Mono<Void> removeUnnamed(Manifest mine, Manifest earlier) {
    var named = new HashSet<>(earlier.photos().stream().map(ManifestPhoto::key).toList());
    var prefix = ObjectKeys.jobPrefix(mine.ownerId(), mine.jobId());
    var keys =
        mine.photos().stream()
            .map(ManifestPhoto::key)
            .filter(key -> key.startsWith(prefix) && !named.contains(key))
            .toList();
    return store
        .delete(keys)
        .doOnError(error -> log.warn("photos of a refused request stay: {}", error.toString()))
        .onErrorComplete()
        .then();
  }

  private Manifest manifest(
      JobRequest request, String hash, Map<Integer, Long> upto, List<ManifestPhoto> photos) {
    var now = clock.instant();
    var jobId = request.jobId();
    return new Manifest(
        Manifest.VERSION,
        jobId,
        request.ownerId(),
        hash,
        request.nameOr(jobId),
        request.release(),
        request.laneFor(photos.size()),
        request.keepOriginals(),
        request.deleteSource(),
        now.toEpochMilli(),
        now.plus(rules.deadline()).toEpochMilli(),
        upto.entrySet().stream()
            .map(entry -> new Manifest.Upto(entry.getKey(), entry.getValue()))
            .toList(),
        photos);
  }

  private void checkCount(int photos) {
    if (photos > rules.maxPhotos()) {
      throw new ApiException(
          HttpStatus.CONTENT_TOO_LARGE,
          "TOO_MANY_PHOTOS",
          "more than %d photos: submit them as several jobs".formatted(rules.maxPhotos()));
    }
  }
}
