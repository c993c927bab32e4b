package facesort.inference;

import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/** Finds faces, matches them, enrols friends: one role a process. */
@SpringBootApplication
public class InferenceApplication {
  private static final String ROLE = "--role";

  /** Starts the role that {@code --role detect|match|enroll} names. */
  public static void main(String[] arguments) {
    SpringApplication.run(InferenceApplication.class, settings(arguments));
  }

  /** Turns {@code --role x} and {@code --role=x} into the setting that they mean. */
  static String[] settings(String... arguments) {
    List<String> settings = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals(ROLE) && i + 1 < arguments.length) {
        settings.add("--facesort.role=" + arguments[++i]);
      } else if (arguments[i].startsWith(ROLE + "=")) {
        settings.add("--facesort.role=" + arguments[i].substring(ROLE.length() + 1));
      } else {
        settings.add(arguments[i]);
      }
    }
    return settings.toArray(String[]::new);
  }
}
