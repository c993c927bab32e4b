package facesort.schemas;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.SystemLimitException;
import org.apache.avro.util.ClassSecurityValidator;

/**
 * What Avro may allocate and load while it reads bytes of strangers. Avro keeps both per process
 * and reads its limits once, so they are set before anything is decoded.
 */
final class AvroLimits {

  /** Longest list and map, entries. */
  static final int MAX_ENTRIES = 100_000;

  /** Packages whose records may be loaded: the contract's, and those of topics named in code. */
  private static final Set<String> TRUSTED = ConcurrentHashMap.newKeySet();

  private AvroLimits() {}

  /**
   * A limit that the command line sets stays.
   *
   * @throws IllegalStateException when something decoded Avro earlier, so the limits came too late
   */
  static void install() {
    limit(SystemLimitException.MAX_STRING_LENGTH_PROPERTY, Topics.MAX_RECORD_BYTES);
    limit(SystemLimitException.MAX_BYTES_LENGTH_PROPERTY, Topics.MAX_RECORD_BYTES);
    limit(SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY, MAX_ENTRIES);
    requireInForce();
    // Avro loads record classes by name and trusts none that it is not told of.
    trust(AvroLimits.class);
    ClassSecurityValidator.setGlobal(
        ClassSecurityValidator.composite(
            ClassSecurityValidator.getGlobal(), type -> TRUSTED.contains(type.getPackageName())));
  }

  /** Trusts the records of this one's package: code, not a message, has named it. */
  static void trust(Class<?> type) {
    TRUSTED.add(type.getPackageName());
  }

  private static void limit(String property, int most) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, String.valueOf(most));
    }
  }

  private static void requireInForce() {
    int set = Integer.getInteger(SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY, MAX_ENTRIES);
    try {
      SystemLimitException.checkMaxCollectionLength(set + 1L);
    } catch (SystemLimitException | UnsupportedOperationException e) {
      return;
    }
    throw new IllegalStateException(
        "Avro decoded something before AvroCodec was loaded; start with -D"
            + SystemLimitException.MAX_COLLECTION_LENGTH_PROPERTY
            + "="
            + MAX_ENTRIES);
  }
}
