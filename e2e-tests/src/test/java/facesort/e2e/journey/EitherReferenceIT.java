package facesort.e2e.journey;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.inference.detect.FacePipeline;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.match.Gallery;
import facesort.inference.match.GalleryFriend;
import facesort.inference.match.MatchPolicy;
import facesort.inference.match.Matcher;
import facesort.inference.onnx.FaceModels;
import facesort.local.assets.Assets;
import facesort.ops.sample.SampleFriend;
import facesort.ops.sample.SampleFriends;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The one person who is on two of the real photos is found on both, whichever reference is given.
 */
class EitherReferenceIT {

  private static final FaceModels models =
      FaceModels.load(Assets.models(), Assets.cache().resolve("edited-models"));

  @TempDir Path folder;

  @AfterAll
  static void close() {
    models.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sample1.jpg", "sample3.jpg"})
  void reference_findsThePersonOnBothPhotosAndNoOther(String photo) throws Exception {
    var friends = SampleFriends.load();
    var friend =
        friends.otherReference().photo().equals(photo)
            ? friends.otherReference()
            : friends.friends().getFirst();
    assertThat(friend.photo()).isEqualTo(photo);

    assertThat(photosOf(friend)).containsExactly("sample1.jpg", "sample3.jpg");
  }

  private Set<String> photosOf(SampleFriend friend) throws Exception {
    var samples = Assets.samplePhotos();
    SampleFriends.write(friend, samples, folder);
    var reference = embeddings(folder.resolve(friend.name()).resolve("reference.jpg"));
    assertThat(reference).hasSize(1);
    var gallery = Gallery.of(List.of(new GalleryFriend("ada", 1, FaceModels.spaceId(), reference)));
    var found = new TreeSet<String>();
    for (int number = 1; number <= 6; number++) {
      var name = "sample" + number + ".jpg";
      var matches =
          new Matcher(MatchPolicy.DEFAULT)
              .match(embeddings(samples.resolve(name)), FaceModels.spaceId(), gallery);
      if (matches.stream().anyMatch(match -> match.rule().name().equals("ACCEPTED"))) {
        found.add(name);
      }
    }
    return found;
  }

  private static List<Embedding> embeddings(Path photo) throws Exception {
    try (var decoded = new PhotoDecoder().decode(Files.readAllBytes(photo));
        var pipeline = new FacePipeline(models)) {
      return pipeline.faces(decoded).stream()
          .map(Face::embedding)
          .filter(java.util.Objects::nonNull)
          .toList();
    }
  }
}
