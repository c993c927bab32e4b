package facesort.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import facesort.schemas.Channel;
import facesort.service.web.ApiException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContactBodyTest {

  @ParameterizedTest
  @CsvSource({
    "folder, anna, FOLDER",
    "FOLDER, Anna Müller 2, FOLDER",
    "telegram, 123456789, TELEGRAM",
    "telegram, -1001234, TELEGRAM",
    "telegram, @anna_m, TELEGRAM",
    "none, , NONE"
  })
  void contact_takesAnAddressOfTheChannelsForm(
      String channel, @Nullable String address, Channel expected) {
    var contact = new ContactBody(channel, address).contact();

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
  void contact_refusesAnythingElseWithoutRepeatingTheAddress(
      @Nullable String channel, @Nullable String address) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> new ContactBody(channel, address).contact())
        .satisfies(e -> assertThat(e.getStatusCode().value()).isEqualTo(400))
        .satisfies(
            e -> assertThat(e.getBody().getDetail()).contains("contact.").doesNotContain("anna"));
  }

  @ParameterizedTest
  @CsvSource("telegram, 123456789")
  void toString_keepsTheAddressToItself(String channel, String address) {
    var body = new ContactBody(channel, address);

    assertThat(body.toString()).doesNotContain(address);
    assertThat(body.contact().toString()).doesNotContain(address);
  }
}
