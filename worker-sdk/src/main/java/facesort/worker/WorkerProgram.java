package facesort.worker;

import facesort.service.WorkerIdentity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A program that runs a stage: one jar, one role a process.
 *
 * <p>The same program is also the child in which suspects of a crash are run; then it only answers
 * its parent over stdin and stdout.
 */
public final class WorkerProgram {
  /** The argument that makes this process the child of another. */
  static final String CHILD = "--facesort-child";

  private static final String ROLE = "--role";
  private static final String ROLE_SETTING = "--facesort.role=";

  /** What a worker sets unless its own application.yaml does: health on loopback, JSON logs. */
  private static final Map<String, Object> DEFAULTS =
      Map.ofEntries(
          Map.entry("server.address", "127.0.0.1"),
          Map.entry("server.port", "0"),
          Map.entry("server.shutdown", "graceful"),
          Map.entry("spring.main.banner-mode", "off"),
          Map.entry("spring.lifecycle.timeout-per-shutdown-phase", "30s"),
          Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
          Map.entry("management.endpoint.health.probes.enabled", "true"),
          Map.entry("management.endpoint.health.show-components", "always"),
          Map.entry("management.endpoint.health.show-details", "always"),
          Map.entry("management.endpoint.health.group.readiness.include", "readinessState,worker"),
          Map.entry("management.endpoint.health.group.liveness.include", "livenessState,lanes"),
          Map.entry("logging.structured.format.console", "logstash"),
          Map.entry("logging.level.org.apache.kafka", "warn"));

  private final String service;
  private final Class<?> main;
  private final Map<String, Supplier<Stage<?, ?, ?>>> roles = new LinkedHashMap<>();

  private WorkerProgram(String service, Class<?> main) {
    this.service = service;
    this.main = main;
  }

  /**
   * Begins a program.
   *
   * @param service name of the service, as in groups, transactional ids and heartbeats
   * @param main the class whose main method calls {@link #run}
   */
  public static WorkerProgram of(String service, Class<?> main) {
    return new WorkerProgram(service, main);
  }

  /** Adds a role; with one role only nobody has to name it. */
  public WorkerProgram role(String name, Supplier<Stage<?, ?, ?>> stage) {
    roles.put(name, stage);
    return this;
  }

  /** Runs the role that {@code --role NAME} or {@code facesort.role} names, until stopped. */
  public void run(String... arguments) {
    if (Arrays.asList(arguments).contains(CHILD)) {
      ChildLoop.run(this, arguments);
    } else {
      var _ = start(arguments);
    }
  }

  /** As {@link #run}, for those who stop it themselves: close what is returned. */
  public ConfigurableApplicationContext start(String... arguments) {
    SpringApplication application = new SpringApplication(WorkerConfiguration.class);
    application.setMainApplicationClass(main);
    application.setDefaultProperties(DEFAULTS);
    application.addInitializers(context -> {
      ChosenRole role = ChosenRole.of(this, context.getEnvironment());
      context.getBeanFactory().registerSingleton("chosenRole", role);
      context.getBeanFactory().registerSingleton("stageSettings", role.settings());
    });
    return application.run(settings(arguments));
  }

  /** Turns {@code --role x} and {@code --role=x} into the setting that they mean. */
  static String[] settings(String... arguments) {
    List<String> settings = new ArrayList<>();
    for (int i = 0; i < arguments.length; i++) {
      if (arguments[i].equals(ROLE) && i + 1 < arguments.length) {
        settings.add(ROLE_SETTING + arguments[++i]);
      } else if (arguments[i].startsWith(ROLE + "=")) {
        settings.add(ROLE_SETTING + arguments[i].substring(ROLE.length() + 1));
      } else {
        settings.add(arguments[i]);
      }
    }
    return settings.toArray(String[]::new);
  }

  /** The role that a setting names; the only one when it names none. */
  String role(@Nullable String given) {
    if (given != null && roles.containsKey(given)) {
      return given;
    }
    if (given == null && roles.size() == 1) {
      return roles.keySet().iterator().next();
    }
    throw new StageRefused(
        "facesort.role is '%s', it must be one of %s"
            .formatted(given, String.join(", ", roles.keySet())));
  }

  /** Builds the stage of a role. */
  Stage<?, ?, ?> stage(String role) {
    Supplier<Stage<?, ?, ?>> stage = roles.get(role);
    if (stage == null) {
      throw new StageRefused("There is no role '" + role + "'");
    }
    return stage.get();
  }

  /** Who runs a role in a slot; the role is not named where there is only one. */
  WorkerIdentity identity(String role, int slot) {
    return new WorkerIdentity(
        service, roles.size() == 1 ? "" : role, slot, WorkerIdentity.versionOf(main), "");
  }

  Class<?> main() {
    return main;
  }
}
