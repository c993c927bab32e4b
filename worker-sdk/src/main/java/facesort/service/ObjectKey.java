package facesort.service;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import org.jspecify.annotations.Nullable;

/**
 * The key of an object in an owner's part of the bucket; no other can be made.
 *
 * <p>Upstream producers name photos below {@code owners/<owner>/} themselves, so steps may hold
 * printable characters of any script, inner spaces and punctuation. Refused is what another reader
 * of the key could take for a step elsewhere, or a person for another key: empty steps and steps of
 * dots and spaces only; {@code %} and back-slash; everything that is, looks like or normalises to a
 * dot, slash, back-slash or percent sign; what is invisible (controls, bidirectional marks,
 * zero-width and ignorable characters, spaces other than U+0020); text that is not in form NFC or
 * not Unicode at all; more than 1,024 bytes of UTF-8.
 *
 * @param ownerId owner, an id
 * @param value the whole key
 */
public record ObjectKey(String ownerId, String value) {

  /** Most bytes of a key in UTF-8; S3's own limit. */
  public static final int MAX_BYTES = 1024;

  /** Separators of other scripts and signs that look like a dot, slash, back-slash or percent. */
  private static final String LOOK_ALIKES =
      "\u2044\u2215\u29f8\u29f6\u2571\u2afd\u2cc6\u3033\u1735\u2e4a\u27cb"
          + "\u2216\u29f5\u29f9\u2572\u3035\u244a\u27cd\u20e5\u0337\u0338"
          + "\u066a\u2030\u2031\u2052"
          + "\u06d4\u0589\u0701\u0702\u2027\u2e31\u2e33\u3002\ua4f8\ua60e\u22c5\u2219\u1362";

  /**
   * Takes a key as it came.
   *
   * @throws IllegalArgumentException when the key is not canonical or not in the owner's part; the
   *     message does not repeat the key
   */
  public ObjectKey {
    var flaw = flaw(value);
    if (flaw == null && !value.startsWith(ObjectKeys.owner(ownerId))) {
      flaw = "is not in the owner's part";
    }
    if (flaw != null) {
      throw new IllegalArgumentException("the object's key " + flaw);
    }
  }

  /** True for a key that some owner could have. */
  static boolean isCanonical(String key) {
    return flaw(key) == null;
  }

  private static @Nullable String flaw(String key) {
    if (key.codePoints().anyMatch(ObjectKey::isRefused)) {
      return "has a character that a key must not have";
    }
    if (key.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      return "is longer than " + MAX_BYTES + " bytes";
    }
    if (!Normalizer.isNormalized(key, Normalizer.Form.NFC)) {
      return "is not in Unicode form NFC";
    }
    for (var step : key.split("/", -1)) {
      if (step.codePoints().allMatch(c -> c == '.' || c == ' ')) {
        return "has a step that is empty or has dots and spaces only";
      }
      if (isMark(step.codePointAt(0))) {
        return "has a step that begins with a combining mark";
      }
    }
    return null;
  }

  private static boolean isRefused(int c) {
    if (c < 0x80) {
      return c < 0x20 || c == 0x7f || c == '\\' || c == '%';
    }
    return isInvisible(c) || LOOK_ALIKES.indexOf(c) >= 0 || normalisesToSeparator(c);
  }

  private static boolean isInvisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isIgnorable(c);
    };
  }

  /** Letters and marks that are drawn as nothing: fillers and variation selectors. */
  private static boolean isIgnorable(int c) {
    return c == 0x034f
        || c == 0x115f
        || c == 0x1160
        || c == 0x17b4
        || c == 0x17b5
        || (c >= 0x180b && c <= 0x180f)
        || c == 0x2800
        || c == 0x3164
        || c == 0xffa0
        || (c >= 0xfe00 && c <= 0xfe0f)
        || (c >= 0xe0000 && c <= 0xe0fff);
  }

  /** Full-width and small forms, dot leaders, "1.", "a/c" and the like. */
  private static boolean normalisesToSeparator(int c) {
    return Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC)
        .chars()
        .anyMatch(
            n -> n == '.' || n == '/' || n == '\\' || n == '%' || LOOK_ALIKES.indexOf(n) >= 0);
  }

  private static boolean isMark(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      default -> false;
    };
  }

  /** The key, as the store wants it. */
  @Override
  public String toString() {
    return value;
  }
}
