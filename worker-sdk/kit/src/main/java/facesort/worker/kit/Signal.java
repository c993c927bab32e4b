package facesort.worker.kit;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Signals of the kernel, sent by the system call itself: nothing happens in between. */
enum Signal {
  /** Ends a process at once; it cannot be caught. */
  KILL(9),
  /** Asks a process to end. */
  TERM(15),
  /** Lets a stopped process go on. */
  CONT(18),
  /** Stops a process where it is; it cannot be caught. */
  STOP(19);

  @SuppressWarnings("restricted")
  private static final MethodHandle KILL_CALL =
      Linker.nativeLinker()
          .downcallHandle(
              Linker.nativeLinker().defaultLookup().find("kill").orElseThrow(),
              FunctionDescriptor.of(
                  ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

  private final int number;

  Signal(int number) {
    this.number = number;
  }

  /** Sends it; returns whether there was such a process. */
  boolean send(long pid) {
    try {
      return (int) KILL_CALL.invokeExact((int) pid, number) == 0;
    } catch (Throwable e) {
      throw new IllegalStateException("No signal can be sent to process " + pid, e);
    }
  }
}
