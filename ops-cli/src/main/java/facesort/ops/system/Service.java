package facesort.ops.system;

import java.util.List;
import java.util.Locale;

/** The services of the local system: one process each, in slot 0. */
enum Service {
  INGEST("ingest-service", 192, ""),
  DETECT("inference-service", 512, "--role=detect"),
  MATCH("inference-service", 192, "--role=match"),
  ENROLL("inference-service", 256, "--role=enroll"),
  DELIVERY("delivery-service", 256, ""),
  PROJECTOR("state-projector", 256, "");

  private final String module;
  private final int heapMebibytes;
  private final String argument;

  Service(String module, int heapMebibytes, String argument) {
    this.module = module;
    this.heapMebibytes = heapMebibytes;
    this.argument = argument;
  }

  /** Name of its process, log and slot. */
  String processName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its jar below the project's folder, with its libraries beside it. */
  String jar() {
    return module + "/target/" + module + ".jar";
  }

  String buildFolder() {
    return module + "/target/lib";
  }

  /** Whether its own loops over pixels are worth the optimising compiler. */
  boolean isComputing() {
    return this == DETECT;
  }

  int heapMebibytes() {
    return heapMebibytes;
  }

  List<String> arguments() {
    return argument.isEmpty() ? List.of() : List.of(argument);
  }
}
