package facesort.service;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Variables that begin with FACESORT_ and are no settings of the service that sees them. */
final class ForeignVariables {

  /** Read by the launcher, the command and the local stack. */
  private static final Set<String> LAUNCHER =
      Set.of(
          "FACESORT_BOOTSTRAP_SERVERS",
          "FACESORT_CACHE",
          "FACESORT_DATA",
          "FACESORT_HOME",
          "FACESORT_JAVA_HOME",
          "FACESORT_POSTGRES_DATABASE",
          "FACESORT_POSTGRES_HOST",
          "FACESORT_POSTGRES_PASSWORD",
          "FACESORT_POSTGRES_PORT",
          "FACESORT_POSTGRES_USER",
          "FACESORT_REGISTRY_URL",
          "FACESORT_S3_ACCESS_KEY",
          "FACESORT_S3_BUCKET",
          "FACESORT_S3_ENDPOINT",
          "FACESORT_S3_REGION",
          "FACESORT_S3_SECRET_KEY",
          "FACESORT_TELEGRAM_TOKEN",
          "FACESORT_TELEGRAM_URL",
          "FACESORT_TTY");

  /**
   * Parts of the settings that only some programs have. One environment serves them all, and a
   * wrong name below such a part is refused by the program that has it.
   */
  private static final Set<String> PARTS =
      Set.of(
          "delivery",
          "ingest",
          "match",
          "models",
          "postgres",
          "projector",
          "role",
          "work",
          "worker");

  /** What Kubernetes gives every pod about each service of the namespace. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          ".*_(SERVICE_(HOST|PORT(_.+)?)|PORT_\\d+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

  private ForeignVariables() {}

  /**
   * True when the variable is for somebody else.
   *
   * @param known the settings of this service
   */
  static boolean contain(String variable, String value, SettingNames known) {
    return LAUNCHER.contains(variable)
        || SERVICE_LINK.matcher(variable).matches()
        || (variable.endsWith("_PORT") && SERVICE_ADDRESS.matcher(value).matches())
        || isOfAnotherProgram(variable, known);
  }

  private static boolean isOfAnotherProgram(String variable, SettingNames known) {
    var part = variable.toLowerCase(Locale.ROOT).split("_", -1)[1];
    return PARTS.contains(part) && !known.hasPart("facesort." + part);
  }
}
