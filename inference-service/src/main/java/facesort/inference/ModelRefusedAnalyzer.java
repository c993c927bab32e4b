package facesort.inference;

import facesort.inference.onnx.ModelRefused;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one line why a model keeps the service from starting, not in a hundred. */
final class ModelRefusedAnalyzer extends AbstractFailureAnalyzer<ModelRefused> {
  private static final String ACTION =
      "Let facesort.models.dir name the folder of the models as their package ships them.";

  @Override
  protected FailureAnalysis analyze(Throwable root, ModelRefused cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), ACTION, cause);
  }
}
