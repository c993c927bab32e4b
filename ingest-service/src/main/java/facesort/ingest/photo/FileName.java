package facesort.ingest.photo;

import org.jspecify.annotations.Nullable;

/** File names as people gave them: for display only, never a path. */
public final class FileName {

  private static final int LONGEST = 200;

  private FileName() {}

  /** The last step of the path without control characters; null when nothing is left. */
  public static @Nullable String of(@Nullable String given) {
    if (given == null) {
      return null;
    }
    var last = given.substring(Math.max(given.lastIndexOf('/'), given.lastIndexOf('\\')) + 1);
    var clean = last.replaceAll("\\p{Cntrl}", "").strip();
    if (clean.isEmpty() || clean.equals(".") || clean.equals("..")) {
      return null;
    }
    return clean.length() <= LONGEST ? clean : clean.substring(clean.length() - LONGEST);
  }
}
