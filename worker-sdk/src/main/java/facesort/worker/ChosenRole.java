package facesort.worker;

import facesort.service.StageSettings;
import facesort.service.WorkerIdentity;
import java.util.ArrayList;
import java.util.List;
import org.springframework.core.env.Environment;

/**
 * The role that this process runs.
 *
 * @param program what it is a role of
 * @param name its name
 * @param stage its stage
 */
record ChosenRole(WorkerProgram program, String name, Stage<?, ?, ?> stage) {

  /** The setting that names the role. */
  record RoleSettings(String role) {}

  /** The role that the settings name. */
  static ChosenRole of(WorkerProgram program, Environment settings) {
    String name = program.role(settings.getProperty("facesort.role"));
    return new ChosenRole(program, name, program.stage(name));
  }

  /** Who runs it in a slot. */
  WorkerIdentity identity(int slot) {
    return program.identity(name, slot);
  }

  /** The names of its settings, so that others are refused. */
  StageSettings settings() {
    List<Class<?>> types = new ArrayList<>(stage.settings());
    types.add(RoleSettings.class);
    return new StageSettings(types);
  }
}
