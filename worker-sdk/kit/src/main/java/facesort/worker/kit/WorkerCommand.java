package facesort.worker.kit;

import facesort.local.JavaCommand;
import facesort.local.StackAddresses;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a worker is started as a process of its own. Immutable.
 *
 * @param main class with the program's main method
 * @param stack where broker, registry and object store answer
 * @param folder of its logs and of the schema ids that it learned
 * @param slot its slot
 * @param settings below {@code facesort.} or Spring's own, by full name
 * @param properties system properties, for its child, too
 * @param classes folders that come first on its class path
 */
public record WorkerCommand(
    Class<?> main,
    StackAddresses stack,
    Path folder,
    int slot,
    Map<String, String> settings,
    Map<String, String> properties,
    List<Path> classes) {
  private static final int HEAP_MEBIBYTES = 96;

  /** Copies. */
  public WorkerCommand {
    settings = Map.copyOf(settings);
    properties = Map.copyOf(properties);
    classes = List.copyOf(classes);
  }

  /** Slot 0 of the program's only role. */
  public static WorkerCommand of(Class<?> main, StackAddresses stack, Path folder) {
    return new WorkerCommand(main, stack, folder, 0, Map.of(), Map.of(), List.of());
  }

  /** The same in another slot. */
  public WorkerCommand inSlot(int number) {
    return new WorkerCommand(main, stack, folder, number, settings, properties, classes);
  }

  /** The same with a setting. */
  public WorkerCommand with(String name, Object value) {
    return new WorkerCommand(
        main, stack, folder, slot, and(settings, name, value), properties, classes);
  }

  /** The same with a system property. */
  public WorkerCommand property(String name, Object value) {
    return new WorkerCommand(
        main, stack, folder, slot, settings, and(properties, name, value), classes);
  }

  /** The same with changed sources. */
  public WorkerCommand seeded(SeededSource source) {
    List<Path> more = new ArrayList<>(List.of(source.compile(folder)));
    more.addAll(classes);
    return new WorkerCommand(main, stack, folder, slot, settings, properties, more)
        .property(KillPoint.FOLDER, folder.toAbsolutePath());
  }

  /** The words of the command; no secret is among them. */
  List<String> words() {
    JavaCommand java =
        JavaCommand.withHeap(HEAP_MEBIBYTES)
            .quickStart()
            .flags(
                "-XX:ErrorFile=" + folder.toAbsolutePath() + "/hs_err_%p.log",
                "-XX:-CreateCoredumpOnCrash",
                "-Xshare:auto",
                "--enable-native-access=ALL-UNNAMED");
    properties.forEach((name, value) -> java.flags("-D" + name + "=" + value));
    return java.main(classPath(), main.getName(), arguments());
  }

  /** Secrets go here: a command line can be read by everybody. */
  Map<String, String> environment() {
    return Map.of(
        "FACESORT_STORAGE_ACCESSKEY", stack.s3AccessKey(),
        "FACESORT_STORAGE_SECRETKEY", stack.s3SecretKey());
  }

  private String[] arguments() {
    Map<String, String> all = new LinkedHashMap<>();
    all.put("facesort.slot", String.valueOf(slot));
    all.put("facesort.kafka.bootstrap-servers", stack.bootstrapServers());
    all.put("facesort.registry.url", stack.registryUrl());
    all.put("facesort.registry.auto-register", "true");
    all.put("facesort.registry.ids-file", folder.resolve("schema-ids.json").toString());
    all.put("facesort.registry.cache-file", folder.resolve("schema-cache.json").toString());
    all.put("facesort.storage.endpoint", stack.s3Endpoint());
    all.put("facesort.storage.region", stack.s3Region());
    all.put("facesort.storage.bucket", stack.bucket());
    all.putAll(settings);
    return all.entrySet().stream()
        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
        .toArray(String[]::new);
  }

  private String classPath() {
    List<String> entries = new ArrayList<>();
    classes.forEach(folder -> entries.add(folder.toAbsolutePath().toString()));
    entries.add(System.getProperty("java.class.path"));
    return String.join(File.pathSeparator, entries);
  }

  private static Map<String, String> and(Map<String, String> map, String name, Object value) {
    Map<String, String> more = new LinkedHashMap<>(map);
    more.put(name, value.toString());
    return more;
  }
}
