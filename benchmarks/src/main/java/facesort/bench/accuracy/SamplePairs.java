package facesort.bench.accuracy;

import facesort.inference.enroll.EnrollGate;
import facesort.inference.enroll.ReferenceVerdict;
import facesort.inference.enroll.ReferenceVerdict.Accepted;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.local.assets.Assets;
import facesort.ops.console.CommandException;
import facesort.ops.sample.SampleFriend;
import facesort.ops.sample.SampleFriends;
import facesort.ops.sample.SamplePhotos;
import facesort.ops.sample.Truth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * The demo's friends and photos, of which it is known who is on them.
 *
 * @param friends cosines of the best face of a photo to a friend who is on it
 * @param strangers cosines of the best face of a photo to a friend who is not on it
 * @param refused friends whose reference the gate does not take
 */
record SamplePairs(List<Float> friends, List<Float> strangers, List<String> refused) {

  /** Makes the demo's files in a folder of their own and removes them. */
  static SamplePairs measured(FaceReader reader) {
    try {
      Path folder = Files.createTempDirectory("facesort-accuracy");
      try {
        return measured(reader, folder);
      } finally {
        remove(folder);
      }
    } catch (IOException e) {
      throw CommandException.error("cannot make the demo's photos: " + e.getMessage(), e);
    }
  }

  private static SamplePairs measured(FaceReader reader, Path folder) throws IOException {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    Path people = Files.createDirectory(folder.resolve("friends"));
    SamplePhotos.write(Assets.samplePhotos(), photos);
    SampleFriends.load().write(Assets.samplePhotos(), people);
    SamplePairs pairs = new SamplePairs(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    List<Path> files = files(photos);
    List<List<Face>> faces =
        FaceReader.inTurn(
            files.stream().<Callable<List<Face>>>map(file -> () -> reader.asGiven(file)).toList());
    for (SampleFriend friend : SampleFriends.load().friends()) {
      ReferenceVerdict verdict =
          EnrollGate.DEFAULT.judge(
              reader.asGiven(people.resolve(friend.name()).resolve("reference.jpg")));
      if (!(verdict instanceof Accepted(Embedding reference))) {
        pairs.refused.add(friend.name() + " " + verdict);
        continue;
      }
      for (int i = 0; i < files.size(); i++) {
        String photo = String.valueOf(files.get(i).getFileName());
        boolean there =
            Truth.load().pairs().stream()
                .anyMatch(
                    pair -> pair.photo().equals(photo) && pair.friend().equals(friend.name()));
        best(reference, faces.get(i)).ifPresent((there ? pairs.friends : pairs.strangers)::add);
      }
    }
    pairs.friends.sort(null);
    pairs.strangers.sort(null);
    return pairs;
  }

  private static Optional<Float> best(Embedding reference, List<Face> faces) {
    return faces.stream()
        .flatMap(face -> Stream.ofNullable(face.embedding()))
        .map(reference::cosine)
        .max(Float::compare);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
