package facesort.inference.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.TestPhotos;
import facesort.inference.onnx.FaceModels;
import facesort.local.assets.Assets;
import facesort.worker.RejectedTask;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lies outside of the heap is given back on every path, not when the collector comes by. */
class NativeMemoryIT {
  private static final int PHOTOS = 2_000;
  private static final long TOLERANCE = 48L << 20;

  @TempDir static Path cache;

  @Test
  void manyPhotos_goodAndBad_leaveNothingBehind() throws Exception {
    byte[] ruined = TestPhotos.png(TestPhotos.meadow(400, 300));
    Arrays.fill(ruined, 50, ruined.length - 30, (byte) 7);
    List<byte[]> files =
        List.of(
            TestPhotos.jpeg(TestPhotos.meadow(400, 300)),
            ruined,
            TestPhotos.withOrientation(TestPhotos.jpeg(TestPhotos.meadow(400, 300)), 6),
            TestPhotos.crop(1, 800, 400, 260, 300));
    try (FaceModels models = FaceModels.load(Assets.models(), cache);
        FacePipeline pipeline = new FacePipeline(models)) {
      PhotoExaminer examiner = new PhotoExaminer(pipeline);
      assertThat(faces(examiner, files, PHOTOS / 10)).isEqualTo(PHOTOS / 10 / 4);
      long pointers = Pointer.totalCount();
      long bytes = Pointer.totalBytes();
      long memory = Pointer.physicalBytes();

      assertThat(faces(examiner, files, PHOTOS)).isEqualTo(PHOTOS / 4);

      assertThat(Pointer.totalCount()).isEqualTo(pointers);
      assertThat(Pointer.totalBytes()).isEqualTo(bytes);
      // One lost picture in a hundred would be 7 MB, one in four 180 MB.
      assertThat(Pointer.physicalBytes()).isLessThan(memory + TOLERANCE);
    }
  }

  @Test
  void pipeline_thatIsClosed_givesBackItsOwn() {
    try (FaceModels models = FaceModels.load(Assets.models(), cache)) {
      new PhotoDecoder();
      long pointers = Pointer.totalCount();
      try (FacePipeline pipeline = new FacePipeline(models)) {
        pipeline.check();
        assertThat(Pointer.totalCount()).isGreaterThan(pointers);
      }

      assertThat(Pointer.totalCount()).isEqualTo(pointers);
    }
  }

  @Test
  void stages_whoseWorkFails_areNotUsedAgain() {
    try (FaceModels models = FaceModels.load(Assets.models(), cache);
        FacePipeline pipeline = new FacePipeline(models)) {
      pipeline.check();
      long pointers = Pointer.totalCount();
      DecodedPhoto closed = GoldenFace.photo();
      closed.close();

      assertThatThrownBy(() -> pipeline.faces(closed)).isInstanceOf(RuntimeException.class);

      assertThat(Pointer.totalCount()).isLessThan(pointers);
      pipeline.check();
      assertThat(Pointer.totalCount()).isEqualTo(pointers);
    }
  }

  /** Returns how many faces are found on so many photos; the second of each four is refused. */
  private static int faces(PhotoExaminer examiner, List<byte[]> files, int photos) {
    int faces = 0;
    int refused = 0;
    for (int photo = 0; photo < photos; photo++) {
      try {
        faces += examiner.examine(files.get(photo % files.size())).faces().size();
      } catch (RejectedTask e) {
        refused++;
      }
    }
    assertThat(refused).isEqualTo(photos / files.size());
    return faces;
  }
}
