package facesort.inference.match;

import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.PartitionOffset;
import facesort.service.Followed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * All friends of all owners, as friend.profile and friend.gallery tell of them. Two threads tell; a
 * lock keeps them apart. Any thread asks for a gallery and is never stopped by it: each change
 * makes the owner's next gallery and puts it in the place of the last.
 */
public final class Galleries {
  private final RecordGap profileGap;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Map<String, FriendFile>> owners = new HashMap<>();
  private final ConcurrentMap<String, Gallery> galleries = new ConcurrentHashMap<>();
  private final Map<Integer, Long> profilesRead = new HashMap<>();
  private long changes;

  /** Whether a part of a topic's partition holds no record that a reader would ever get. */
  @FunctionalInterface
  public interface RecordGap {
    /** Returns true when there is surely none from {@code from} to before {@code end}. */
    boolean isEmpty(int partition, long from, long end);
  }

  /** Knows nobody; asks about friend.profile when the end of a job's profiles is not a record. */
  public Galleries(RecordGap profileGap) {
    this.profileGap = profileGap;
  }

  /** Takes the next record of friend.profile. */
  public void profile(Followed<FriendProfile> record) {
    update(
        record.key(),
        file -> file.profile(record.value(), record.partition(), record.offset()),
        () -> profilesRead.merge(record.partition(), record.offset() + 1, Math::max));
  }

  /** Takes the next record of friend.gallery. */
  public void gallery(Followed<FriendGallery> record) {
    update(record.key(), file -> file.gallery(record.value()), () -> {});
  }

  /**
   * Returns the owner's friends that may be recognised, as they are now: consent stands, enrolment
   * took a reference. Takes no lock.
   */
  public Gallery of(String ownerId) {
    return galleries.getOrDefault(ownerId, Gallery.EMPTY);
  }

  /** Returns whether each of the owner's profiles before these offsets has its answer. */
  public boolean answered(String ownerId, List<PartitionOffset> upto) {
    return upto.stream().allMatch(end -> isRead(end.getPartition(), end.getOffset()))
        && noneIsOpen(ownerId, upto);
  }

  /** Waits until something changes, but no longer than this. */
  public void awaitChange(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long seen = changes;
      long left = longest.toNanos();
      while (changes == seen && left > 0) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean isRead(int partition, long end) {
    long read = read(partition);
    if (read >= end) {
      return true;
    }
    if (!profileGap.isEmpty(partition, read, end)) {
      return false;
    }
    lock.lock();
    try {
      profilesRead.merge(partition, end, Math::max);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private long read(int partition) {
    lock.lock();
    try {
      return profilesRead.getOrDefault(partition, 0L);
    } finally {
      lock.unlock();
    }
  }

  private boolean noneIsOpen(String ownerId, List<PartitionOffset> upto) {
    lock.lock();
    try {
      return owners.getOrDefault(ownerId, Map.of()).values().stream()
          .noneMatch(file -> file.isOpen(upto));
    } finally {
      lock.unlock();
    }
  }

  private void update(String key, Consumer<FriendFile> change, Runnable also) {
    int slash = key.indexOf('/');
    lock.lock();
    try {
      if (slash > 0) {
        update(key.substring(0, slash), key.substring(slash + 1), change);
      }
      also.run();
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Only a change that concerns recognition makes another gallery. */
  private void update(String ownerId, String friendId, Consumer<FriendFile> change) {
    Map<String, FriendFile> files = owners.computeIfAbsent(ownerId, _ -> new HashMap<>());
    FriendFile file = files.computeIfAbsent(friendId, FriendFile::new);
    Optional<GalleryFriend> before = file.friend();
    change.accept(file);
    if (!file.friend().equals(before)) {
      galleries.put(
          ownerId, Gallery.of(files.values().stream().flatMap(f -> f.friend().stream()).toList()));
    }
  }
}
