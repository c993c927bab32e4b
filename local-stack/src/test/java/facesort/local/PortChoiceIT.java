package facesort.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PortChoiceIT {
  private final PortChoice choice = new PortChoice(new Random(7));

  @Test
  void choose_refusesAWantedPortThatIsTaken() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = socket.getLocalPort();

      assertThatThrownBy(() -> choice.choose("Kafka", port, 0))
          .hasMessage(
              "port %d for Kafka is taken: stop what uses it or choose another".formatted(port));
    }
  }

  @Test
  void choose_takesAnotherThanTheLastWhenThatIsTaken() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int last = socket.getLocalPort();

      assertThat(choice.choose("Kafka", 0, last)).isNotEqualTo(last).isBetween(10_240, 32_000);
    }
  }

  @Test
  void choose_keepsTheLastWhenItIsFree() {
    int last = choice.choose("Kafka", 0, 0);

    assertThat(new PortChoice(new Random(8)).choose("Kafka", 0, last)).isEqualTo(last);
  }
}
