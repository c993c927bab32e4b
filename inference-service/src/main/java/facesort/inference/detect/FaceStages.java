package facesort.inference.detect;

import facesort.inference.onnx.FaceModels;

/**
 * What one thread needs to find faces: the three stages with the memory they work in. The models
 * are shared.
 */
record FaceStages(FaceDetector detector, LandmarkFinder landmarks, FaceEmbedder embedder)
    implements AutoCloseable {

  static FaceStages of(FaceModels models) {
    return new FaceStages(
        new FaceDetector(models.detect()),
        new LandmarkFinder(models.landmark()),
        new FaceEmbedder(models.feature()));
  }

  @Override
  public void close() {
    detector.close();
    landmarks.close();
    embedder.close();
  }
}
