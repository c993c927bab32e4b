package facesort.worker;

import facesort.schemas.FailureCode;

/**
 * A call to something outside failed in a way that may pass. Whether the one object is to blame or
 * the whole dependency is down is found out by the runner.
 */
public final class DependencyFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String dependency;
  private final FailureCode code;
  private final String why;

  /**
   * For a failed call.
   *
   * @param dependency its name, such as "storage"
   * @param code what the dead letter says if the task is to blame
   * @param why one line for people
   * @param cause what the call threw
   */
  public DependencyFailed(String dependency, FailureCode code, String why, Throwable cause) {
    super(dependency + ": " + why, cause);
    this.dependency = dependency;
    this.code = code;
    this.why = why;
  }

  /** Name of the dependency. */
  public String dependency() {
    return dependency;
  }

  /** What the dead letter says if the task is to blame. */
  public FailureCode code() {
    return code;
  }

  /** One line for people. */
  public String why() {
    return why;
  }
}
