package facesort.ingest.job;

import facesort.ingest.photo.FileName;
import facesort.ingest.photo.Settled;
import facesort.schemas.FailureCode;
import facesort.service.ObjectKeys;
import facesort.service.StoredObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The photos of one submission in list order: gives ids, settles what is known, and finds repeats
 * (uploads by SHA-256, keys by etag and length; the first in the list counts). For one thread at a
 * time.
 */
public final class PhotoList {

  private final String ownerId;
  private final String jobId;
  private final List<ManifestPhoto> photos = new ArrayList<>();
  private final Map<String, ManifestPhoto> firstOf = new HashMap<>();

  PhotoList(String ownerId, String jobId) {
    this.ownerId = ownerId;
    this.jobId = jobId;
  }

  /** What the next uploaded photo is; it is not in the list before {@link #add}. */
  ManifestPhoto upload(@Nullable String filename, long length, String sha256, byte[] head) {
    var photoId = PhotoIds.ofUpload(photos.size(), sha256);
    var photo =
        new ManifestPhoto(
            photoId,
            filename,
            ObjectKeys.photo(ownerId, jobId, photoId),
            null,
            length,
            sha256,
            null,
            null,
            null);
    return Settled.byContent(length, head).map(photo::with).orElseGet(() -> orRepeat(photo));
  }

  /** Adds a photo that lies in the bucket. */
  void addFound(String key, StoredObject object) {
    var photo = named(key).stored(object.etag(), object.length());
    add(Settled.byLength(object.length()).map(photo::with).orElseGet(() -> orRepeat(photo)));
  }

  /** Adds a photo that is named but cannot be had. */
  void addMissing(String key, FailureCode code, String message) {
    add(named(key).with(new Settled(code, message)));
  }

  /** Adds a photo by its name alone, for comparing the request with an earlier one. */
  void addNamed(String key) {
    photos.add(named(key));
  }

  /** Puts the photo at the end of the list. */
  void add(ManifestPhoto photo) {
    photos.add(photo);
    if (photo.settled() == null) {
      firstOf.putIfAbsent(identity(photo), photo);
    }
  }

  int size() {
    return photos.size();
  }

  List<ManifestPhoto> photos() {
    return List.copyOf(photos);
  }

  private ManifestPhoto named(String key) {
    return new ManifestPhoto(
        PhotoIds.ofKey(photos.size(), key),
        FileName.of(key),
        key,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  private ManifestPhoto orRepeat(ManifestPhoto photo) {
    var first = firstOf.get(identity(photo));
    return first == null ? photo : photo.repeating(first);
  }

  private static String identity(ManifestPhoto photo) {
    return photo.sha256() == null ? photo.etag() + ":" + photo.length() : photo.sha256();
  }
}
