package facesort.inference.detect;

import facesort.inference.image.DecodedPhoto;
import facesort.inference.image.PhotoDecoder;
import facesort.inference.image.RejectedPhoto;
import facesort.inference.onnx.FaceModels;
import facesort.inference.onnx.InferenceFailed;
import facesort.inference.onnx.InvalidOutput;
import facesort.inference.onnx.ModelDevice;
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
  private static final String MODEL = "model";

  private final PhotoDecoder decoder = new PhotoDecoder();
  private final FaceModels models;
  private final FacePipeline pipeline;

  PhotoExaminer(FaceModels models, FacePipeline pipeline) {
    this.models = models;
    this.pipeline = pipeline;
  }

  /**
   * Opens the models for as long as the worker lives, and has them find a face that is known.
   *
   * @throws facesort.inference.onnx.ModelRefused if a model is not the one shipped, or does not
   *     compute what it must, or the device that must be is refused
   */
  public static PhotoExaminer load(WorkerContext context) {
    InferenceSettings.Models settings = context.settings(InferenceSettings.class).models();
    return of(
        context,
        FaceModels.load(
            settings.required(), settings.cacheOrDefault(), ModelDevice.of(settings.choice())));
  }

  /**
   * The same with models that are open; they are closed when the worker ends. Should they fail
   * later, the face that is known tells whether they are down or a photo is to blame.
   */
  public static PhotoExaminer of(WorkerContext context, FaceModels models) {
    InferenceSettings.Detect limits = context.settings(InferenceSettings.class).detect();
    FaceRule rule = new FaceRule(limits.minFaceSide(), limits.minSharpness(), limits.maxTurn());
    FacePipeline pipeline = context.closing(new FacePipeline(context.closing(models), rule));
    models.device().verify(pipeline::check);
    context.dependsOn(MODEL, pipeline::check);
    return new PhotoExaminer(models, pipeline);
  }

  /** What the models run on now, as heartbeats name it. */
  public String device() {
    return models.device().current().text();
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
    } catch (InvalidOutput e) {
      throw new RejectedTask(FailureCode.INVALID_OUTPUT, String.valueOf(e.getMessage()));
    } catch (InferenceFailed e) {
      throw new DependencyFailed(MODEL, FailureCode.MODEL_ERROR, String.valueOf(e.getMessage()), e);
    }
  }
}
