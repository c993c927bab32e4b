package facesort.delivery.send;

import facesort.delivery.ledger.PairKey;
import facesort.delivery.ledger.ReleasedPair;
import facesort.schemas.ObjectRef;
import org.jspecify.annotations.Nullable;

/** Released pairs and items for tests. */
public final class Photos {

  private Photos() {}

  /** A released pair of job {@code job12345-x} and friend {@code anna}. */
  public static ReleasedPair pair(String photoId, @Nullable Long length) {
    return pair(photoId, length, "IMG.jpg", false);
  }

  /** A released pair with everything that matters. */
  public static ReleasedPair pair(
      String photoId, @Nullable Long length, @Nullable String filename, boolean alone) {
    return new ReleasedPair(
        new PairKey("job12345-x", photoId, "anna"),
        new ObjectRef("bucket", "owners/demo/jobs/job12345-x/photos/" + photoId, null, length),
        filename,
        "image/jpeg",
        alone);
  }

  /** A photo on its way. */
  public static Item item(String photoId, byte... bytes) {
    return new Item(pair(photoId, (long) bytes.length), bytes);
  }
}
