package facesort.bench.pipeline;

import facesort.inference.detect.FacePipeline;
import facesort.inference.face.Embedding;
import facesort.inference.face.Face;
import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.RejectedPhoto;
import facesort.inference.match.Gallery;
import facesort.inference.match.GalleryFriend;
import facesort.inference.match.MatchPolicy;
import facesort.inference.match.Matcher;
import facesort.inference.onnx.FaceModels;
import facesort.schemas.MatchDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Decode, detect, embed, match with the classes of the services and nothing around them. Any number
 * of threads may call it.
 */
final class BareLoop implements AutoCloseable {
  private static final int CALLS = 50;
  private static final int DETECT_INPUT = 3 * 240 * 320;
  private static final int LANDMARK_INPUT = 64 * 64;
  private static final int FEATURE_INPUT = 3 * 112 * 112;

  private final FaceModels models;
  private final FacePipeline pipeline;
  private final PhotoDecoder decoder = new PhotoDecoder();
  private final Matcher matcher = new Matcher(MatchPolicy.DEFAULT);
  private final Gallery gallery;

  /**
   * @param references one reference photo of each friend, by friend id
   */
  BareLoop(FaceModels models, Map<String, byte[]> references) {
    this.models = models;
    this.pipeline = new FacePipeline(models);
    this.gallery =
        Gallery.of(
            references.entrySet().stream()
                .map(reference ->
                    new GalleryFriend(
                        reference.getKey(),
                        1,
                        FaceModels.spaceId(),
                        List.of(embedding(reference.getValue()))))
                .toList());
  }

  /** Looks at a photo; what each stage took is added to the time. */
  Seen look(byte[] file, ThreadTime time) {
    long start = ThreadTime.now();
    List<Face> faces;
    try (DecodedPhoto photo = decoded(file)) {
      start = time.add("decode", start);
      faces = pipeline.faces(photo);
    }
    start = time.add("faces", start);
    SortedSet<String> friends = friends(faces);
    time.add("match", start);
    return new Seen(faces.size(), friends);
  }

  /** CPU milliseconds of one call of each network, nothing else done: what cannot be saved. */
  Map<String, Double> networks() {
    return Map.of(
        "detect_network", millis(() -> models.detect().run(new float[DETECT_INPUT], 1)),
        "landmark_network", millis(() -> models.landmark().run(new float[LANDMARK_INPUT], 1)),
        "embed_network", millis(() -> models.feature().run(new float[FEATURE_INPUT], 1)));
  }

  private SortedSet<String> friends(List<Face> faces) {
    List<@Nullable Embedding> embeddings = new ArrayList<>();
    faces.forEach(face -> embeddings.add(face.embedding()));
    SortedSet<String> friends = new TreeSet<>();
    matcher.match(embeddings, FaceModels.spaceId(), gallery).stream()
        .filter(match -> match.decision() == MatchDecision.MATCHED)
        .forEach(match -> friends.add(Objects.requireNonNull(match.friendId())));
    return friends;
  }

  private Embedding embedding(byte[] reference) {
    try (DecodedPhoto photo = decoded(reference)) {
      return Objects.requireNonNull(pipeline.faces(photo).getFirst().embedding());
    }
  }

  private DecodedPhoto decoded(byte[] file) {
    try {
      return decoder.decode(file);
    } catch (RejectedPhoto e) {
      throw new IllegalStateException("a photo of the set was refused", e);
    }
  }

  private static double millis(Runnable call) {
    double best = Double.MAX_VALUE;
    for (int i = 0; i < CALLS; i++) {
      long start = ThreadTime.now();
      call.run();
      best = Math.min(best, (ThreadTime.now() - start) / 1e6);
    }
    return best;
  }

  @Override
  public void close() {
    pipeline.close();
    models.close();
  }
}
