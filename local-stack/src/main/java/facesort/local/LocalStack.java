package facesort.local;

import facesort.local.process.ProcessEvent;
import facesort.local.process.ProcessException;
import facesort.local.process.Stage;
import facesort.local.process.Supervisor;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Kafka, schema registry, PostgreSQL, S3 and a Telegram stand-in as child processes on loopback,
 * with their data in one folder. A second start on the same folder finds the data again, also after
 * a hard kill of everything.
 */
public final class LocalStack implements AutoCloseable {
  private final Supervisor supervisor;
  private final StackAddresses addresses;

  private LocalStack(Supervisor supervisor, StackAddresses addresses) {
    this.supervisor = supervisor;
    this.addresses = addresses;
  }

  /**
   * Starts everything and returns when all of it is ready.
   *
   * @param listener told when a process becomes ready, crashes or is restarted; must not block
   * @throws ProcessException with one line for the user (and the tail of a log where that helps);
   *     nothing is left running then
   */
  public static LocalStack start(StackSettings settings, Consumer<ProcessEvent> listener) {
    DataFolder data = DataFolder.create(settings.data());
    ProjectHome home = ProjectHome.find();
    Supervisor supervisor = Supervisor.open(data.path(), listener);
    try {
      Ports ports = new PortChoice(new SecureRandom()).choose(settings.ports(), data.ports());
      data.keep(ports);
      Secrets secrets = data.secrets(Secrets::draw);
      startAll(supervisor.stage(), components(settings.broker(), home, data, ports, secrets));
      StackAddresses addresses = StackAddresses.of(ports, secrets);
      String broker = settings.broker();
      return new LocalStack(
          supervisor, broker == null ? addresses : addresses.withBootstrapServers(broker));
    } catch (IOException e) {
      supervisor.close();
      throw new ProcessException("cannot write to " + data.path() + ": " + e, e);
    } catch (RuntimeException e) {
      supervisor.close();
      throw e;
    }
  }

  /** Where the parts answer. */
  public StackAddresses addresses() {
    return addresses;
  }

  /** Runs the parts; stages opened later are stopped before them. */
  public Supervisor supervisor() {
    return supervisor;
  }

  /** Stops everything, also what was started in later stages. */
  @Override
  public void close() {
    supervisor.close();
  }

  private static List<Component> components(
      @Nullable String broker, ProjectHome home, DataFolder data, Ports ports, Secrets secrets) {
    List<Component> components = new ArrayList<>();
    if (broker == null) {
      components.add(new KafkaBroker(home, data, ports));
    }
    components.add(new SchemaRegistry(home, data, ports));
    components.add(new Postgres(home, data, ports, secrets));
    components.add(new ObjectStore(home, data, ports, secrets));
    components.add(new TelegramStandIn(data, ports, secrets));
    return components;
  }

  /** Side by side; the first failure is thrown when every start has come to its end. */
  private static void startAll(Stage stage, List<Component> components) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      CompletableFuture.allOf(
              components.stream()
                  .map(part -> CompletableFuture.runAsync(() -> start(stage, part), threads))
                  .toArray(CompletableFuture<?>[]::new))
          .join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ProcessException failure) {
        throw failure;
      }
      throw e;
    }
  }

  private static void start(Stage stage, Component component) {
    try {
      stage.start(component.prepare());
      component.afterReady();
    } catch (IOException e) {
      throw new ProcessException("the local stack cannot be prepared: " + e, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProcessException("interrupted while starting the local stack", e);
    }
  }
}
