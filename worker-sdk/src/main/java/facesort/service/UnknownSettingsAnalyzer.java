package facesort.service;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says in a line each which settings keep the service from starting. */
final class UnknownSettingsAnalyzer extends AbstractFailureAnalyzer<UnknownSettings> {

  @Override
  protected FailureAnalysis analyze(Throwable root, UnknownSettings cause) {
    return new FailureAnalysis(
        String.valueOf(cause.getMessage()),
        "Correct the name where it stands, or take it out.",
        cause);
  }
}
