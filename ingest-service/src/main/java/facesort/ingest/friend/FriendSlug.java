package facesort.ingest.friend;

import java.text.Normalizer;
import java.util.Locale;

/** Makes a friend's id from the name. */
public final class FriendSlug {

  private static final int LONGEST = 64;

  private FriendSlug() {}

  /**
   * The name in lower-case letters, digits and dashes without accents; empty when the name has
   * nothing of that kind.
   */
  public static String of(String name) {
    var letters = Normalizer.normalize(name, Normalizer.Form.NFKD).replaceAll("\\p{M}+", "");
    var slug =
        letters.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_]+", "-").replaceAll("^-+|-+$", "");
    return slug.length() <= LONGEST ? slug : slug.substring(0, LONGEST).replaceAll("-+$", "");
  }
}
