package facesort.ops.system;

import facesort.local.JavaCommand;
import facesort.local.LocalStack;
import facesort.local.PortChoice;
import facesort.local.ProjectHome;
import facesort.local.StackAddresses;
import facesort.local.StackSettings;
import facesort.local.assets.Assets;
import facesort.local.process.ProcessEvent;
import facesort.local.process.ProcessSpec;
import facesort.local.process.ProcessStatus;
import facesort.local.process.ReadyCheck;
import facesort.local.process.StopSignal;
import facesort.ops.api.Endpoints;
import facesort.ops.console.CommandException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The whole of FaceSort on this machine: the local stack, topics and schemas, and every service as
 * a process of its own. Stopped by {@link #close}, or when the JVM ends.
 */
public final class LocalSystem implements AutoCloseable {
  private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(40);

  private final Path data;
  private final LocalStack stack;
  private final Endpoints endpoints;
  private final Map<String, String> addresses;

  private LocalSystem(
      Path data, LocalStack stack, Endpoints endpoints, Map<String, String> addresses) {
    this.data = data;
    this.stack = stack;
    this.endpoints = endpoints;
    this.addresses = addresses;
  }

  /**
   * Starts everything and returns when all services are ready.
   *
   * @param listener told what happens to the processes, on their own threads; must not block
   * @throws RuntimeException with one line for the user; nothing is left running then
   */
  public static LocalSystem start(SystemSettings settings, Consumer<ProcessEvent> listener) {
    // The processes run before there is a system to ask for their status.
    AtomicReference<LocalSystem> started = new AtomicReference<>();
    LocalStack stack =
        LocalStack.start(
            StackSettings.in(settings.data()).withPorts(settings.stackPorts()),
            event -> {
              listener.accept(event);
              Optional.ofNullable(started.get()).ifPresent(LocalSystem::writeStatus);
            });
    try {
      Map<Service, Integer> ports = ports(settings);
      LocalSystem system =
          new LocalSystem(
              settings.data(),
              stack,
              endpoints(settings, ports),
              addresses(stack.addresses(), ports));
      started.set(system);
      system.startServices(settings, ports);
      return system;
    } catch (RuntimeException e) {
      stack.close();
      throw e;
    }
  }

  /** Where the services answer. */
  public Endpoints endpoints() {
    return endpoints;
  }

  /** All processes, infrastructure and services, in the order of their start. */
  public List<ProcessStatus> processes() {
    return stack.supervisor().status();
  }

  /** Stops the services, then the infrastructure. */
  @Override
  public void close() {
    stack.close();
    RunningParts.delete(data);
  }

  private void startServices(SystemSettings settings, Map<Service, Integer> ports) {
    ServiceEnvironment environment =
        new ServiceEnvironment(stack.addresses(), data, settings.folderRoot(), Assets.models());
    Contract.establish(stack.addresses(), environment.schemaIds());
    ProjectHome home = ProjectHome.find();
    List<ProcessSpec> specs = new ArrayList<>();
    for (Service service : Service.values()) {
      specs.add(spec(service, ports.getOrDefault(service, 0), home, environment));
    }
    stack.supervisor().stage().startAll(specs);
    endpoints.write(data);
    ClientEnvironment.write(data, stack.addresses());
    writeStatus();
  }

  private static ProcessSpec spec(
      Service service, int port, ProjectHome home, ServiceEnvironment environment) {
    home.built(service.buildFolder());
    JavaCommand java =
        JavaCommand.withHeap(service.heapMebibytes()).flags("--enable-native-access=ALL-UNNAMED");
    if (!service.isComputing()) {
      java.quickStart();
    }
    List<String> command = new ArrayList<>(java.jar(home.path().resolve(service.jar())));
    command.addAll(service.arguments());
    return ProcessSpec.of(
            service.processName(),
            command,
            created(environment.folder(service)),
            ReadyCheck.http("http://127.0.0.1:%d/actuator/health/readiness".formatted(port)))
        .withEnvironment(environment.of(service, port))
        .withReadyTimeout(READY_TIMEOUT)
        .withStop(StopSignal.TERM, STOP_TIMEOUT);
  }

  private static Path created(Path folder) {
    try {
      return Files.createDirectories(folder);
    } catch (IOException e) {
      throw CommandException.error("cannot create " + folder + ": " + e, e);
    }
  }

  /** Ingest and projector keep the ports of the last start, so that their users find them again. */
  private static Map<Service, Integer> ports(SystemSettings settings) {
    Optional<Endpoints> last = Endpoints.read(settings.data());
    PortChoice choice = new PortChoice(new SecureRandom());
    Map<Service, Integer> ports = new EnumMap<>(Service.class);
    for (Service service : Service.values()) {
      int before =
          switch (service) {
            case INGEST -> last.map(endpoints -> endpoints.ingest().getPort()).orElse(0);
            case PROJECTOR -> last.map(endpoints -> endpoints.projector().getPort()).orElse(0);
            case DETECT, MATCH, ENROLL, DELIVERY -> 0;
          };
      String name = service.processName();
      ports.put(service, choice.choose(name, settings.port(name), before));
    }
    return ports;
  }

  private static Endpoints endpoints(SystemSettings settings, Map<Service, Integer> ports) {
    return new Endpoints(
        URI.create(url(ports.getOrDefault(Service.INGEST, 0))),
        URI.create(url(ports.getOrDefault(Service.PROJECTOR, 0))),
        settings.folderRoot());
  }

  private static Map<String, String> addresses(StackAddresses stack, Map<Service, Integer> ports) {
    Map<String, String> addresses = AddressList.infrastructure(stack);
    ports.forEach((service, port) -> addresses.put(service.processName(), url(port)));
    return addresses;
  }

  private static String url(int port) {
    return "http://127.0.0.1:" + port;
  }

  private synchronized void writeStatus() {
    RunningParts.of(stack.supervisor().status(), addresses).write(data);
  }
}
