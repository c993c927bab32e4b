package facesort.bench.chaos;

import facesort.bench.drive.Tasks;
import facesort.bench.photos.PhotoFiles;
import facesort.bench.stack.BenchStack;
import facesort.bench.stage.Sharpness;
import facesort.schemas.ObjectRef;
import facesort.schemas.TaskQueued;
import facesort.service.ObjectKeys;
import facesort.service.ObjectStore;
import facesort.service.ServiceConfiguration;
import facesort.service.ServiceSettings;
import facesort.worker.kit.ClientSettings;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Real photos, made smaller, each in the bucket under a key of its own. */
final class Photos {
  private static final int WIDTH = 480;
  private static final int UPLOADS_AT_ONCE = 8;
  private static final Duration UPLOAD = Duration.ofMinutes(5);
  private static final String JOB = "chaos";

  private final Tasks tasks = new Tasks(Clock.systemUTC());
  private final List<byte[]> pictures;
  private final List<Double> sharpness = new ArrayList<>();
  private final Map<String, Double> scores = new HashMap<>();

  private Photos(List<byte[]> pictures) throws IOException {
    this.pictures = pictures;
    for (byte[] picture : pictures) {
      sharpness.add(Sharpness.of("", picture));
    }
  }

  /** The sample photos. */
  static Photos load() throws IOException {
    List<byte[]> pictures = new ArrayList<>();
    for (Path file : PhotoFiles.paths()) {
      pictures.add(smaller(file));
    }
    return new Photos(pictures);
  }

  /** Uploads a photo for each name; returns their tasks in that order. */
  List<TaskQueued> upload(BenchStack stack, List<String> photoIds) {
    for (int i = 0; i < photoIds.size(); i++) {
      String id = photoIds.get(i);
      if (!id.startsWith(Sharpness.KILLER)) {
        scores.put(Tasks.id(JOB, id), sharpness.get(i % pictures.size()));
      }
    }
    ObjectStore store = store(stack);
    List<TaskQueued> uploaded =
        Flux.fromStream(IntStream.range(0, photoIds.size()).boxed())
            .flatMapSequential(i -> upload(store, photoIds.get(i), i), UPLOADS_AT_ONCE)
            .collectList()
            .block(UPLOAD);
    return uploaded == null ? List.of() : uploaded;
  }

  /** The score of each photo, by its task's id, computed here. */
  Map<String, Double> scores() {
    return Map.copyOf(scores);
  }

  private Mono<TaskQueued> upload(ObjectStore store, String photoId, int position) {
    String key = ObjectKeys.photo(Tasks.OWNER, JOB, photoId);
    return store
        .put(key, picture(position), "image/jpeg")
        .map(stored ->
            tasks.of(
                JOB,
                photoId,
                position,
                new ObjectRef(store.bucket(), key, stored.etag(), stored.length())));
  }

  private byte[] picture(int position) {
    return pictures.get(position % pictures.size());
  }

  /** Its connections end with this process, which does nothing after the run. */
  private static ObjectStore store(BenchStack stack) {
    ServiceSettings settings = ClientSettings.of(stack.addresses(), stack.folder());
    ServiceConfiguration configuration = new ServiceConfiguration();
    return configuration.objectStore(configuration.s3(settings), settings);
  }

  private static byte[] smaller(Path file) throws IOException {
    BufferedImage photo = ImageIO.read(file.toFile());
    int height = photo.getHeight() * WIDTH / photo.getWidth();
    BufferedImage small = new BufferedImage(WIDTH, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = small.createGraphics();
    graphics.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    graphics.drawImage(photo, 0, 0, WIDTH, height, null);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(small, "jpeg", bytes);
    return bytes.toByteArray();
  }
}
