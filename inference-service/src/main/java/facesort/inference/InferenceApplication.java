package facesort.inference;

import facesort.inference.detect.DetectStage;
import facesort.inference.enroll.EnrollStage;
import facesort.inference.match.MatchStage;
import facesort.worker.WorkerProgram;

/** Finds faces, matches them, enrols friends: one role a process. */
public final class InferenceApplication {
  static final WorkerProgram PROGRAM =
      WorkerProgram.of("inference", InferenceApplication.class)
          .role("detect", DetectStage::stage)
          .role("match", MatchStage::stage)
          .role("enroll", EnrollStage::stage);

  private InferenceApplication() {}

  /** Starts the role that {@code --role detect|match|enroll} names. */
  public static void main(String[] arguments) {
    PROGRAM.run(arguments);
  }
}
