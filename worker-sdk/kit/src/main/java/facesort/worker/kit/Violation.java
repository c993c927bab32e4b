package facesort.worker.kit;

/**
 * A guarantee that does not hold.
 *
 * @param guarantee which
 * @param what what was found
 */
public record Violation(Guarantee guarantee, String what) {}
