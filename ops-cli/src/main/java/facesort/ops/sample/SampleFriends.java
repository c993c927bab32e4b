package facesort.ops.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The demo's friends, {@code friends.json}.
 *
 * @param friends each has one reference
 * @param otherReference the person who is on two sample photos, cut from the second; the demo does
 *     not use it, it shows that either finds both
 */
public record SampleFriends(List<SampleFriend> friends, SampleFriend otherReference) {
  private static final float QUALITY = 0.95f;

  /** The committed file. */
  public static SampleFriends load() {
    return Resource.read("friends.json", SampleFriends.class);
  }

  /**
   * Cuts each friend's reference: one folder a friend below {@code target}.
   *
   * @param samples folder of the sample photos
   */
  public void write(Path samples, Path target) throws IOException {
    for (SampleFriend friend : friends) {
      write(friend, samples, target);
    }
  }

  /** Cuts one friend's reference into a folder named after the friend. */
  public static void write(SampleFriend friend, Path samples, Path target) throws IOException {
    Path folder = target.resolve(friend.name());
    Files.createDirectories(folder);
    byte[] sample = Files.readAllBytes(samples.resolve(friend.photo()));
    byte[] crop = Jpeg.write(Derive.cropped(Jpeg.read(sample), friend.box()), QUALITY);
    Files.write(folder.resolve("reference.jpg"), crop);
  }
}
