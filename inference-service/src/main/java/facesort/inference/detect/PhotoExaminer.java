package facesort.inference.detect;

import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.RejectedPhoto;
import facesort.inference.onnx.FaceModels;
import facesort.inference.onnx.InferenceFailed;
import facesort.inference.settings.InferenceSettings;
import facesort.schemas.FailureCode;
import facesort.worker.DependencyFailed;
import facesort.worker.RejectedTask;
import facesort.worker.WorkerContext;

/**
 * From a photo's file to its faces, in the words of a worker. Decoding and the models use one core
 * each; any number of threads may call it.
 */
public final class PhotoExaminer {
  private final PhotoDecoder decoder = new PhotoDecoder();
  private final FacePipeline pipeline;

  PhotoExaminer(FacePipeline pipeline) {
    this.pipeline = pipeline;
  }

  /**
   * Opens the models for as long as the worker lives, and has them find a face that is known.
   *
   * @throws facesort.inference.onnx.ModelRefused if a model is not the one shipped, or does not
   *     compute what it must
   */
  public static PhotoExaminer load(WorkerContext context) {
    InferenceSettings.Models settings = context.settings(InferenceSettings.class).models();
    FaceModels models =
        context.closing(FaceModels.load(settings.required(), settings.cacheOrDefault()));
    FacePipeline pipeline = context.closing(new FacePipeline(models));
    pipeline.check();
    return new PhotoExaminer(pipeline);
  }

  /**
   * Finds the faces of a photo.
   *
   * @throws RejectedTask when its file is bad
   * @throws DependencyFailed when a model does not answer
   */
  public ExaminedPhoto examine(byte[] file) {
    try (DecodedPhoto photo = decoder.decode(file)) {
      return new ExaminedPhoto(photo.facts(), pipeline.faces(photo));
    } catch (RejectedPhoto e) {
      throw new RejectedTask(e.code(), e.why());
    } catch (InferenceFailed e) {
      throw new DependencyFailed(
          "model", FailureCode.MODEL_ERROR, String.valueOf(e.getMessage()), e);
    }
  }
}
