package facesort.local.telegram;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FaultsTest {
  private final Faults faults = new Faults();

  @Test
  void next_isUsedUpAfterItsTimes() {
    faults.add(Fault.error(500, Fault.When.BEFORE, 2));

    assertThat(faults.next("sendPhoto")).isPresent();
    assertThat(faults.next("getMe")).isPresent();
    assertThat(faults.next("sendPhoto")).isEmpty();
  }

  @Test
  void next_waitsForItsMethod() {
    faults.add(Fault.noAnswer(Fault.When.AFTER, 1).forMethod("sendMediaGroup"));

    assertThat(faults.next("sendPhoto")).isEmpty();
    assertThat(faults.next("sendMediaGroup")).isPresent();
  }
}
