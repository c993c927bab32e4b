package facesort.local;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SecretsTest {

  @Test
  void draw_isDifferentEachTime() {
    assertThat(Secrets.draw()).isNotEqualTo(Secrets.draw());
  }

  @Test
  void telegramToken_isShapedLikeABots() {
    assertThat(Secrets.draw().telegramToken()).matches("[0-9]{9}:[A-Za-z0-9_-]{35}");
  }

  @Test
  void toString_hidesEverything() {
    Secrets secrets = Secrets.draw();

    assertThat(secrets.toString()).doesNotContain(secrets.postgresPassword());
    assertThat(StackAddresses.of(Ports.ANY, secrets).toString())
        .doesNotContain(secrets.postgresPassword(), secrets.s3SecretKey(), secrets.telegramToken());
  }
}
