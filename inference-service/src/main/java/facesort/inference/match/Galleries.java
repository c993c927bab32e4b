package facesort.inference.match;

import facesort.schemas.FriendGallery;
import facesort.schemas.FriendProfile;
import facesort.schemas.PartitionOffset;
import facesort.service.Followed;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * All friends of all owners, as friend.profile and friend.gallery tell of them. Two threads tell,
 * one asks; a lock keeps them apart.
 */
public final class Galleries {
  private final RecordGap profileGap;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<String, Map<String, FriendFile>> owners = new HashMap<>();
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
   * Returns the owner's friends that may be recognised: consent stands, enrolment took a reference.
   */
  public List<GalleryFriend> friends(String ownerId) {
    lock.lock();
    try {
      return owners.getOrDefault(ownerId, Map.of()).values().stream()
          .flatMap(file -> file.friend().stream())
          .toList();
    } finally {
      lock.unlock();
    }
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
        change.accept(
            owners
                .computeIfAbsent(key.substring(0, slash), _ -> new HashMap<>())
                .computeIfAbsent(key.substring(slash + 1), FriendFile::new));
      }
      also.run();
      changes++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }
}
