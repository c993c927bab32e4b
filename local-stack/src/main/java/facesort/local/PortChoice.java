package facesort.local;

import facesort.local.process.ProcessException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Finds ports on 127.0.0.1 that are free now: the wanted one, else the one used last time, else
 * any. For one thread.
 */
public final class PortChoice {
  // Below the range the kernel gives to outgoing connections, so that none takes it meanwhile.
  private static final int LOWEST = 10_240;
  private static final int HIGHEST = 32_000;
  private static final int ATTEMPTS = 1_000;

  private final RandomGenerator random;
  private final Set<Integer> taken = new HashSet<>();

  /** Draws free ports with this. */
  public PortChoice(RandomGenerator random) {
    this.random = random;
  }

  Ports choose(Ports wanted, Ports last) {
    return new Ports(
        choose("Kafka", wanted.kafka(), last.kafka()),
        choose("Kafka's controller", wanted.kafkaController(), last.kafkaController()),
        choose("the registry", wanted.registry(), last.registry()),
        choose("the registry's management", wanted.registryManagement(), last.registryManagement()),
        choose("PostgreSQL", wanted.postgres(), last.postgres()),
        choose("S3", wanted.s3(), last.s3()),
        choose("the Telegram stand-in", wanted.telegram(), last.telegram()));
  }

  /**
   * A port that no other call was given.
   *
   * @param user named in the error
   * @param wanted 0 for none in particular; throws {@link ProcessException} when it is taken
   * @param last taken when free; 0 for none
   */
  public int choose(String user, int wanted, int last) {
    if (wanted != 0 && !take(wanted)) {
      throw new ProcessException(
          "port %d for %s is taken: stop what uses it or choose another".formatted(wanted, user));
    }
    return wanted != 0 ? wanted : last != 0 && take(last) ? last : any();
  }

  private int any() {
    return random
        .ints(ATTEMPTS, LOWEST, HIGHEST)
        .filter(this::take)
        .findFirst()
        .orElseThrow(() -> new ProcessException("no free port between 10240 and 32000"));
  }

  private boolean take(int port) {
    if (taken.contains(port)) {
      return false;
    }
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound() && taken.add(port);
    } catch (IOException e) {
      return false;
    }
  }
}
