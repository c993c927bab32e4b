package facesort.inference.detect;

/** Hears how long the steps of examining a photo took. Called by the threads that examine. */
@FunctionalInterface
public interface StepTimes {
  /** Hears nothing. */
  StepTimes UNHEARD = (step, nanos) -> {};

  /** What is done with a decoded photo. */
  enum Step {
    /** The photo into the detector's field, the model, its boxes: once a photo. */
    DETECT,
    /** A face into the landmark model's square, the model, its points: once a face. */
    LANDMARKS,
    /** A face upright into the embedding model's square: once a face. */
    ALIGN,
    /** The embedding model: once a face. */
    EMBED
  }

  /** A step is done. */
  void took(Step step, long nanos);
}
