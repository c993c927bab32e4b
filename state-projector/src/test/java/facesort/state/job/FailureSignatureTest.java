package facesort.state.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailureSignatureTest {

  @Test
  void of_sameCauseOfTwoPhotos_isOneSignature() {
    var one =
        FailureSignature.of(
            "DECODE_FAILED", "inference", "photo p-17 of 4,096 bytes: bad \"SOS\" at 12");
    var two =
        FailureSignature.of(
            "DECODE_FAILED", "inference", "photo p-9 of 77 bytes: bad \"DHT\" at 900");

    assertThat(one).hasSize(12).isEqualTo(two);
  }

  @Test
  void of_otherCodeServiceOrWords_isAnotherSignature() {
    var one = FailureSignature.of("TIMEOUT", "inference", "no answer in 5 s");

    assertThat(FailureSignature.of("STORAGE", "inference", "no answer in 5 s")).isNotEqualTo(one);
    assertThat(FailureSignature.of("TIMEOUT", "match", "no answer in 5 s")).isNotEqualTo(one);
    assertThat(FailureSignature.of("TIMEOUT", "inference", "no reply in 5 s")).isNotEqualTo(one);
    assertThat(FailureSignature.of("TIMEOUT", null, null)).isNotEqualTo(one);
  }
}
