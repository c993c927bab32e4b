package facesort.ingest.friend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import facesort.schemas.Channel;
import facesort.service.web.ApiException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactTest {

  @ParameterizedTest
  @CsvSource({
    "folder, anna, FOLDER",
    "FOLDER, Anna Müller 2, FOLDER",
    "telegram, 123456789, TELEGRAM",
    "telegram, -1001234, TELEGRAM",
    "telegram, @anna_m, TELEGRAM",
    "none, , NONE"
  })
  void of_takesAnAddressOfTheChannelsForm(
      String channel, @Nullable String address, Channel expected) {
    var contact = Contact.of(channel, address);

    assertThat(contact.channel()).isEqualTo(expected);
    assertThat(contact.address()).isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "folder, ",
    "folder, ..",
    "folder, .hidden",
    "folder, a/b",
    "folder, a\\b",
    "folder, ' a'",
    "folder, a.",
    "telegram, ",
    "telegram, anna",
    "telegram, 12 34",
    "none, x",
    "pigeon, x",
    ", x"
  })
  void of_refusesAnythingElseWithoutRepeatingTheAddress(
      @Nullable String channel, @Nullable String address) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> Contact.of(channel, address))
        .satisfies(e -> assertThat(e.getStatusCode().value()).isEqualTo(400))
        .satisfies(
            e -> assertThat(e.getBody().getDetail()).contains("contact.").doesNotContain("anna"));
  }

  @ParameterizedTest
  @CsvSource("telegram, 123456789")
  void toString_keepsTheAddressToItself(String channel, String address) {
    assertThat(Contact.of(channel, address).toString()).doesNotContain(address);
  }
}
