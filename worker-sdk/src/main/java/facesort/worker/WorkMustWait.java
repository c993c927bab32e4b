package facesort.worker;

/**
 * Nobody can work now, as when something outside is down: no task is to blame, the batch is rolled
 * back and comes again, without limit. What was computed already is kept.
 */
final class WorkMustWait extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String dependency;

  WorkMustWait(String dependency, String why) {
    super("waiting for %s: %s".formatted(dependency, why), null, false, false);
    this.dependency = dependency;
  }

  String dependency() {
    return dependency;
  }
}
