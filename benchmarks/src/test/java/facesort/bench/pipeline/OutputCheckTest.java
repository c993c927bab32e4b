package facesort.bench.pipeline;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.bench.drive.WrongOutput;
import facesort.bench.pipeline.SystemLeg.Arrival;
import facesort.bench.pipeline.SystemLeg.Delivery;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class OutputCheckTest {
  private static final List<String> HASHES = List.of("aa", "bb");
  private static final List<Seen> BARE = List.of(seen(2, "ada", "bea"), seen(1));
  private static final List<Delivery> DELIVERIES =
      List.of(new Delivery(0, "bea"), new Delivery(0, "ada"));
  private static final List<Arrival> ARRIVALS =
      List.of(new Arrival("aa", "ada"), new Arrival("aa", "bea"));

  @Test
  void require_takesWhatTheBareLoopSaw() {
    assertThatCode(() -> OutputCheck.require(leg(BARE, DELIVERIES, ARRIVALS), BARE, HASHES))
        .doesNotThrowAnyException();
  }

  @Test
  void require_refusesOtherFacesAndOtherFriends() {
    refuses(leg(List.of(seen(3, "ada", "bea"), seen(1)), DELIVERIES, ARRIVALS), "photo 0");
    refuses(leg(List.of(seen(2, "ada", "bea"), seen(1, "ada")), DELIVERIES, ARRIVALS), "photo 1");
    refuses(leg(BARE.subList(0, 1), DELIVERIES, ARRIVALS), "1 photos");
  }

  @Test
  void require_refusesWhatIsMissingTwiceOrAtAnother() {
    refuses(leg(BARE, DELIVERIES.subList(0, 1), ARRIVALS), "delivery.done");
    refuses(leg(BARE, DELIVERIES, ARRIVALS.subList(0, 1)), "what arrived");
    refuses(leg(BARE, DELIVERIES, twice(ARRIVALS.getFirst())), "what arrived");
    refuses(
        leg(BARE, DELIVERIES, List.of(ARRIVALS.getFirst(), new Arrival("bb", "bea"))),
        "what arrived");
  }

  private static List<Arrival> twice(Arrival arrival) {
    return List.of(ARRIVALS.getFirst(), ARRIVALS.getLast(), arrival);
  }

  private static void refuses(SystemLeg leg, String what) {
    assertThatThrownBy(() -> OutputCheck.require(leg, BARE, HASHES))
        .isInstanceOf(WrongOutput.class)
        .hasMessageContaining(what);
  }

  private static SystemLeg leg(List<Seen> seen, List<Delivery> deliveries, List<Arrival> arrivals) {
    return new SystemLeg(
        1, Map.of(), Map.of(), Map.of(), Map.of(), 0, 0, 0, seen, deliveries, arrivals);
  }

  private static Seen seen(int faces, String... friends) {
    return new Seen(faces, new TreeSet<>(List.of(friends)));
  }
}
