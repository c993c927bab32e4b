package facesort.ops.demo;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.ops.demo.SendCheck.Arrival;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendCheckTest {
  private static final Arrival ADA_1 = new Arrival("ada", "1");
  private static final Arrival ADA_2 = new Arrival("ada", "2");
  private static final Arrival BEA_1 = new Arrival("bea", "1");

  @Test
  void of_isClean_whenEachPairArrivedOnce() {
    SendCheck check = SendCheck.of(List.of(ADA_1, ADA_2, BEA_1), List.of(BEA_1, ADA_2, ADA_1));

    assertThat(check).isEqualTo(new SendCheck(0, 0, 0));
    assertThat(check.isClean()).isTrue();
  }

  @Test
  void of_countsEveryArrivalBeyondTheFirst() {
    SendCheck check = SendCheck.of(List.of(ADA_1), List.of(ADA_1, ADA_1, ADA_1));

    assertThat(check).isEqualTo(new SendCheck(2, 0, 0));
    assertThat(check.isClean()).isFalse();
  }

  @Test
  void of_countsWhatDidNotArrive() {
    assertThat(SendCheck.of(List.of(ADA_1, ADA_2), List.of(ADA_2)))
        .isEqualTo(new SendCheck(0, 1, 0));
  }

  @Test
  void of_countsPhotosAtTheWrongFriend() {
    assertThat(SendCheck.of(List.of(ADA_1), List.of(ADA_1, BEA_1)))
        .isEqualTo(new SendCheck(0, 0, 1));
  }

  @Test
  void of_expectsAPairOnce_howeverManyFacesMatched() {
    assertThat(SendCheck.of(List.of(ADA_1, ADA_1), List.of(ADA_1)).isClean()).isTrue();
  }
}
