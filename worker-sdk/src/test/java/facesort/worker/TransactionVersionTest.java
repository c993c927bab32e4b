package facesort.worker;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TransactionVersionTest {

  @Test
  void brokerOfVersionTwo_isTaken() {
    assertThatCode(() -> TransactionVersion.require(2)).doesNotThrowAnyException();
  }

  @Test
  void olderBroker_isRefused_withTheCommandThatMendsIt() {
    assertThatThrownBy(() -> TransactionVersion.require(1))
        .isInstanceOf(StageRefused.class)
        .hasMessageContaining("transaction.version is 1")
        .hasMessageContaining("--feature transaction.version=2");
  }
}
