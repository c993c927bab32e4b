package facesort.ingest.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import facesort.ingest.friend.Contact;
import facesort.ingest.friend.FriendRequest;
import facesort.schemas.Channel;
import facesort.service.web.ApiException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FriendBodyTest {

  @Test
  void request_takesAllFields() {
    var request =
        read(
            """
            {"friend_id": "anna-1", "name": "Anna", "consent": true, "consent_policy": "v2",
             "contact": {"channel": "folder", "address": "anna"}}
            """);

    assertThat(request)
        .isEqualTo(
            new FriendRequest(
                "demo", "anna-1", "Anna", true, "v2", new Contact(Channel.FOLDER, "anna")));
  }

  @Test
  void request_makesTheIdFromTheNameAndLeavesTheContactAlone() {
    var request = read("{\"name\": \"Anna Müller\", \"consent\": false}");

    assertThat(request.friendId()).isEqualTo("anna-muller");
    assertThat(request.contact()).isNull();
    assertThat(request.consent()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"consent\": true} | name is missing",
        "{\"name\": \"Anna\"} | consent is missing",
        "{\"name\": \"日本\", \"consent\": true} | send friend_id",
        "{\"name\": \"Anna\", \"consent\": true, \"friend_id\": \"a/b\"} | friend_id must",
        "{\"name\": \"Anna\", \"consent\": true, \"contact\": {}} | contact.channel",
        "{\"name\": \"Anna\", \"consent\": \"perhaps\"} | line 1"
      })
  void request_refusesWithOneLineThatSaysWhatIsWrong(String json, String what) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(() -> read(json))
        .satisfies(e -> assertThat(e.getStatusCode().value()).isEqualTo(400))
        .satisfies(e -> assertThat(e.getBody().getDetail()).contains(what).hasLineCount(1));
  }

  private static FriendRequest read(String json) {
    return JsonPart.read(json.getBytes(StandardCharsets.UTF_8), "part friend", FriendBody.class)
        .request("demo");
  }
}
