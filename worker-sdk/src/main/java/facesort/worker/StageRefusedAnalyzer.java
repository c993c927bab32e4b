package facesort.worker;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in one line why a worker does not start, not in a hundred. */
final class StageRefusedAnalyzer extends AbstractFailureAnalyzer<StageRefused> {
  private static final String ACTION = "Mend what the line above names, then start it again.";

  @Override
  protected FailureAnalysis analyze(Throwable root, StageRefused cause) {
    return new FailureAnalysis(String.valueOf(cause.getMessage()), ACTION, cause);
  }
}
