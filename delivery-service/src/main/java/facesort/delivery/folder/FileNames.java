package facesort.delivery.folder;

import facesort.delivery.ledger.ReleasedPair;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Pattern;

/** Names of delivered files, each one harmless step of a path. Pure. */
final class FileNames {

  /** A file system takes 255 bytes; the photo id in front has at most 64, the job part 9. */
  private static final int MAX_BYTES = 160;

  private static final Pattern ADDRESS =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} ._@+-]{0,63}");
  private static final Pattern UNFIT = Pattern.compile("[\\p{Cntrl}/\\\\:*?\"<>|]|\\p{Cf}|\\p{Cs}");
  private static final Map<String, String> SUFFIX =
      Map.of(
          "image/jpeg", ".jpg",
          "image/png", ".png",
          "image/webp", ".webp",
          "image/bmp", ".bmp",
          "image/gif", ".gif",
          "image/tiff", ".tif");

  private FileNames() {}

  /** True when the address may be used as the name of a folder. */
  static boolean isFolder(String address) {
    return ADDRESS.matcher(address).matches() && !address.endsWith(".");
  }

  /** The name by which a friend finds the photo. */
  static String of(ReleasedPair pair) {
    return pair.key().photoId() + "-" + original(pair);
  }

  /** The name when the first one is taken by another job's photo. */
  static String ofJob(ReleasedPair pair) {
    var job = pair.key().jobId();
    return pair.key().photoId()
        + "-"
        + job.substring(0, Math.min(8, job.length()))
        + "-"
        + original(pair);
  }

  private static String original(ReleasedPair pair) {
    var name = pair.filename();
    if (name == null || name.isBlank()) {
      return "photo" + SUFFIX.getOrDefault(pair.mediaType(), "");
    }
    return shortened(UNFIT.matcher(name).replaceAll("_"));
  }

  /** Keeps the end, where the suffix is. */
  private static String shortened(String name) {
    var text = name;
    while (text.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      text = text.substring(text.offsetByCodePoints(0, 1));
    }
    return text;
  }
}
