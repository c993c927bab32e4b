package facesort.ingest.cleanup;

import facesort.ingest.job.Manifest;
import facesort.schemas.Cleanup;
import facesort.schemas.EventIds;
import facesort.schemas.KeepReason;
import facesort.schemas.KeptObject;
import facesort.service.ObjectKeys;
import facesort.service.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request removes and what it leaves. Only objects below the job's own prefix go, and, when
 * the request and the submission both say so, the photos that the submission named by key.
 *
 * @param objects what goes below the job's prefix
 * @param sources what goes elsewhere: photos named by key
 * @param left photos that stay
 */
record CleanupPlan(List<StoredObject> objects, List<StoredObject> sources, List<KeptObject> left) {

  private static final String PHOTOS = "photos/";

  CleanupPlan {
    objects = List.copyOf(objects);
    sources = List.copyOf(sources);
    left = List.copyOf(left);
  }

  /**
   * Plans a request.
   *
   * @param listing what lies below the job's prefix
   * @param manifest what was submitted; empty for a job of an upstream producer
   */
  static CleanupPlan of(Cleanup request, List<StoredObject> listing, Optional<Manifest> manifest) {
    var kept = new HashMap<String, KeptObject>();
    request.getKept().forEach(object -> kept.put(object.getPhotoId(), object));
    var all = Optional.ofNullable(kept.get(EventIds.EVERY_PHOTO)).map(KeptObject::getReason);
    var reasonForAll =
        manifest.map(Manifest::keepOriginals).orElse(false)
            ? Optional.of(KeepReason.KEEP_ORIGINALS)
            : all;
    var objects = new ArrayList<StoredObject>();
    var left = new ArrayList<KeptObject>();
    var photos = ObjectKeys.jobPrefix(request.getOwnerId(), request.getJobId()) + PHOTOS;
    for (var object : listing) {
      var reason = reason(photos, object, kept, reasonForAll);
      if (reason == null) {
        objects.add(object);
      } else {
        left.add(reason);
      }
    }
    var sources =
        manifest
            .filter(submitted -> request.getDeleteSource() && submitted.deleteSource())
            .filter(_ -> reasonForAll.isEmpty())
            .map(submitted -> sources(request, submitted, kept))
            .orElse(List.of());
    return new CleanupPlan(objects, sources, left);
  }

  List<String> keys() {
    return all().map(StoredObject::key).toList();
  }

  int count() {
    return objects.size() + sources.size();
  }

  long bytes() {
    return all().mapToLong(StoredObject::length).sum();
  }

  private Stream<StoredObject> all() {
    return Stream.concat(objects.stream(), sources.stream());
  }

  /** Why the object stays, null when it goes. */
  private static @Nullable KeptObject reason(
      String photos,
      StoredObject object,
      Map<String, KeptObject> kept,
      Optional<KeepReason> reasonForAll) {
    if (!object.key().startsWith(photos)) {
      return null;
    }
    var photoId = object.key().substring(photos.length());
    var named = kept.get(photoId);
    if (named == null && reasonForAll.isPresent()) {
      return KeptObject.newBuilder().setPhotoId(photoId).setReason(reasonForAll.get()).build();
    }
    return named;
  }

  private static List<StoredObject> sources(
      Cleanup request, Manifest manifest, Map<String, KeptObject> kept) {
    var stays = new HashSet<String>();
    manifest.sources().stream()
        .filter(source -> kept.containsKey(source.photoId()))
        .forEach(source -> stays.add(source.key()));
    var gone = new ArrayList<StoredObject>();
    for (var source : manifest.sources()) {
      if (isOwnersFile(request.getOwnerId(), source.key()) && stays.add(source.key())) {
        gone.add(new StoredObject(source.key(), "", source.length()));
      }
    }
    return gone;
  }

  /** A file that the owner put there, and nothing that belongs to FaceSort itself. */
  private static boolean isOwnersFile(String ownerId, String key) {
    var root = "owners/" + ownerId + "/";
    return ObjectKeys.belongsTo(ownerId, key)
        && Set.of("jobs/", "submissions/", "friends/").stream()
            .noneMatch(own -> key.startsWith(root + own));
  }
}
