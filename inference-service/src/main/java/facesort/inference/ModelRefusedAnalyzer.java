package facesort.inference;

import facesort.inference.onnx.ModelRefused;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one line why a model keeps the service from starting, not in a hundred. */
final class ModelRefusedAnalyzer extends AbstractFailureAnalyzer<ModelRefused> {
  @Override
  protected FailureAnalysis analyze(Throwable root, ModelRefused cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), cause.remedy(), cause);
  }
}
