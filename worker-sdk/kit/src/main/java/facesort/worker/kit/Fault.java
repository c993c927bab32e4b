package facesort.worker.kit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What a test breaks: a line of the {@link FaultTable}. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Fault {
  /** Number in the catalogue of faults, such as F25. */
  String id();

  /** What is done to the system, in a few words. */
  String injection();
}
