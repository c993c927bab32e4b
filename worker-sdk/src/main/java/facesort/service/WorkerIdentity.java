package facesort.service;

/**
 * Which instance this is.
 *
 * @param service service name, such as inference
 * @param role role within the service; empty when it has one only
 * @param slot slot number, from 0
 * @param version version of the program
 * @param device what it computes on; empty when it runs no model
 */
public record WorkerIdentity(String service, String role, int slot, String version, String device) {

  /** Exit status of an instance whose slot a newer one has: do not start it again. */
  public static final int SLOT_TAKEN = 75;

  /** The version in the manifest of a program's jar, "development" when it is not packaged. */
  public static String versionOf(Class<?> program) {
    var version = program.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  /** The same instance, computing on this. */
  public WorkerIdentity on(String computesOn) {
    return new WorkerIdentity(service, role, slot, version, computesOn);
  }

  /** {@code <service>-<role>-<slot>}: the key of its heartbeats. */
  public String workerId() {
    return name() + "-" + slot;
  }

  /** {@code <service>-<role>}, or the service alone when it has one role. */
  public String name() {
    return role.isEmpty() ? service : service + "-" + role;
  }
}
