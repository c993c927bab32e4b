package facesort.delivery.telegram;

import facesort.delivery.ledger.ReleasedPair;
import java.util.regex.Pattern;

/** File names as an upload may carry them. */
final class UploadName {

  private static final Pattern UNFIT = Pattern.compile("[^\\p{L}\\p{N} ._-]");
  private static final int LONGEST = 100;

  private UploadName() {}

  /** The photo id and the owner's name of the file, so that a receipt names the photo. */
  static String of(ReleasedPair pair) {
    var name = pair.filename() == null ? "photo" : UNFIT.matcher(pair.filename()).replaceAll("_");
    return pair.key().photoId() + "-" + name.substring(Math.max(0, name.length() - LONGEST));
  }
}
