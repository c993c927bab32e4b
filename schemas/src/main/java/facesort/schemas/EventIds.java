package facesort.schemas;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * Derived ids: the same facts give the same id in every process, so that a repeat folds away. All
 * are name-based UUIDs with SHA-1 (version 5, RFC 9562 section 5.5).
 */
public final class EventIds {

  /** Form of owner, friend, photo and upstream job ids, for people. */
  public static final String FORM = "[A-Za-z0-9_-]{1,64}";

  private static final int LONGEST_ID = 64;

  /** Stands for every photo of the job where a photo id is asked for; can be no id. */
  public static final String EVERY_PHOTO = "*";

  /** Namespace of all ids of this contract; a random constant, never to be changed. */
  private static final UUID NAMESPACE = UUID.fromString("6f0c1a52-3b0e-4d55-9a37-6f1f0a5b8c21");

  /** Cannot stand in an id, so that ("a", "bc") and ("ab", "c") differ. */
  private static final char SEPARATOR = '\u001f';

  private EventIds() {}

  /** Id of a job: the same owner and idempotency key give the same job. */
  public static String job(String ownerId, String idempotencyKey) {
    return of("job", ownerId, idempotencyKey);
  }

  /** Id of the task that finds the faces of a photo, the same in every run. */
  public static String task(String jobId, String photoId, TaskKind kind) {
    return of(jobId, photoId, kind.name());
  }

  /**
   * Id of an event about a job.
   *
   * @param topic the topic it is written to
   * @param keyIds the ids that name what it is about, joined by a slash
   * @param run run of the job
   * @param rematch 0, or the offset of the REMATCH command plus 1
   * @param seq number of the event among those with the same ids, from 0
   */
  public static String event(Topic<?> topic, String keyIds, int run, long rematch, long seq) {
    return of(
        topic.name(), keyIds, String.valueOf(run), String.valueOf(rematch), String.valueOf(seq));
  }

  /** Id of a record about a friend: the same version of the same friend has the same id. */
  public static String friend(Topic<?> topic, String ownerId, String friendId, long version) {
    return of(topic.name(), ownerId, friendId, String.valueOf(version));
  }

  /** Key of the friend topics. */
  public static String friendKey(String ownerId, String friendId) {
    return ownerId + "/" + friendId;
  }

  /**
   * True when the text may be used as owner, friend, photo or job id. Asked several times for every
   * record, where a regular expression would be a tenth of all the work of a stage that does none.
   */
  public static boolean isValid(String id) {
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      return false;
    }
    for (int i = 0; i < id.length(); i++) {
      if (!isOfIds(id.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOfIds(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || c == '-'
        || c == '_';
  }

  private static String of(String... names) {
    return uuid5(NAMESPACE, String.join(String.valueOf(SEPARATOR), names)).toString();
  }

  static UUID uuid5(UUID namespace, String name) {
    try {
      var sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(
          ByteBuffer.allocate(16)
              .putLong(namespace.getMostSignificantBits())
              .putLong(namespace.getLeastSignificantBits())
              .array());
      var hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
      long high = (hash.getLong() & ~0xF000L) | 0x5000L;
      long low = (hash.getLong() & 0x3FFF_FFFF_FFFF_FFFFL) | 0x8000_0000_0000_0000L;
      return new UUID(high, low);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-1", e);
    }
  }
}
