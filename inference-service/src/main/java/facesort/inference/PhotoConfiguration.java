package facesort.inference;

import facesort.inference.detect.FacePipeline;
import facesort.inference.detect.PhotoExaminer;
import facesort.inference.onnx.FaceModels;
import facesort.inference.source.PhotoSource;
import facesort.service.ObjectStore;
import org.springframework.context.annotation.Bean;

/**
 * What the roles need that look at photos; the models are checked and warm before any consumer. Not
 * found by scanning: those roles import it, and no other role loads a model.
 */
class PhotoConfiguration {

  @Bean
  FaceModels models(InferenceSettings settings) {
    return FaceModels.load(settings.models().required(), settings.models().cacheOrDefault());
  }

  @Bean
  PhotoExaminer examiner(FaceModels models, InferenceSettings settings) {
    FacePipeline pipeline = new FacePipeline(models);
    pipeline.warmUp();
    return new PhotoExaminer(pipeline, settings.work().threadsOrCores());
  }

  @Bean
  PhotoSource photoSource(ObjectStore store) {
    return new PhotoSource(store);
  }
}
