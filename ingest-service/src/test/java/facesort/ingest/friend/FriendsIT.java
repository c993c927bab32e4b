package facesort.ingest.friend;

import static org.assertj.core.api.Assertions.assertThat;

import facesort.ingest.IngestClient;
import facesort.ingest.IngestClient.Answer;
import facesort.ingest.IngestClient.File;
import facesort.ingest.Photos;
import facesort.ingest.RunningIngest;
import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.Channel;
import facesort.schemas.FriendContact;
import facesort.schemas.FriendProfile;
import facesort.schemas.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LocalStackExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
class FriendsIT {

  private static final String OWNER = "friends-it";

  private final StackAddresses stack;
  private RunningIngest ingest;
  private IngestClient client;

  FriendsIT(StackAddresses stack) {
    this.stack = stack;
    this.ingest = RunningIngest.start(stack);
    this.client = ingest.client(OWNER);
  }

  @AfterAll
  void stop() {
    ingest.close();
  }

  @Test
  void friend_isKnownWithProfileContactAndPhotosWhenAnswered() {
    var answer =
        client.friend(
            """
            {"name": "Anna Müller", "consent": true, "consent_policy": "v1",
             "contact": {"channel": "folder", "address": "anna"}}
            """,
            List.of(
                File.reference("a.jpg", Photos.jpeg("anna one")),
                File.reference("b.jpg", Photos.jpeg("anna two"))));

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.text("friend_id")).isEqualTo("anna-muller");
    var profile = profiles("anna-muller").getFirst();
    assertThat(profile.getVersion()).isEqualTo(answer.body().path("profile_version").asLong());
    assertThat(profile.getConsent().getGiven()).isTrue();
    assertThat(profile.getReferences()).hasSize(2);
    assertThat(ingest.store().get(profile.getReferences().getFirst(), 1000).block())
        .isEqualTo(Photos.jpeg("anna one"));
    var contact = contacts("anna-muller").getFirst();
    assertThat(contact.getChannel()).isEqualTo(Channel.FOLDER);
    assertThat(contact.getAddress()).isEqualTo("anna");
    assertThat(contact.getVersion()).isEqualTo(profile.getVersion());
  }

  @Test
  void friend_againIsANewVersionThatReplacesTheReferences() {
    client.friend(consenting("bert"), List.of(File.reference("a.jpg", Photos.jpeg("bert one"))));

    client.friend(consenting("bert"), List.of(File.reference("b.jpg", Photos.jpeg("bert two"))));

    var profiles = profiles("bert");
    assertThat(profiles).hasSize(2);
    assertThat(profiles.get(1).getVersion()).isGreaterThan(profiles.getFirst().getVersion());
    assertThat(profiles.get(1).getReferences()).hasSize(1);
    assertThat(profiles.get(1).getReferences()).isNotEqualTo(profiles.getFirst().getReferences());
    assertThat(contacts("bert")).isEmpty();
  }

  @Test
  void friend_keepsTheOrderOfVersionsAcrossConcurrentRequestsAndARestart() {
    var running =
        IntStream.range(0, 8)
            .mapToObj(_ ->
                CompletableFuture.supplyAsync(
                    () -> client.friend(consenting("cleo"), List.of()), Thread::startVirtualThread))
            .toList();
    running.forEach(CompletableFuture::join);
    ingest.close();
    ingest = RunningIngest.start(stack);
    client = ingest.client(OWNER);
    client.friend(consenting("cleo"), List.of());

    var versions = profiles("cleo").stream().map(FriendProfile::getVersion).toList();

    assertThat(versions).hasSize(9).doesNotHaveDuplicates().isSorted();
  }

  @Test
  void friend_withoutConsentIsKnownButHasNoPhotos() {
    var json = "{\"name\": \"Dora\", \"consent\": false}";

    var refused = client.friend(json, List.of(File.reference("a.jpg", Photos.jpeg("dora"))));
    var accepted = client.friend(json, List.of());

    assertProblem(refused, 422, "NO_CONSENT", "did not consent");
    assertThat(accepted.status()).isEqualTo(202);
    assertThat(profiles("dora")).hasSize(1);
    assertThat(profiles("dora").getFirst().getConsent().getGiven()).isFalse();
    assertThat(ingest.store().list("owners/friends-it/friends/dora/").collectList().block())
        .isEmpty();
  }

  @Test
  void badReferences_areRefusedWithTheirNameAndNothingIsWritten() {
    assertProblem(reference("empty.jpg", new byte[0]), 422, "EMPTY_FILE", "empty.jpg");
    assertProblem(
        reference("note.jpg", "hello".getBytes(StandardCharsets.UTF_8)),
        422,
        "UNSUPPORTED_TYPE",
        "note.jpg");
    assertProblem(
        client.friend(
            consenting("emil"),
            List.of(
                new File(
                    "references", "huge.jpg", Photos.large("huge.jpg", 53_000_000, 3).content()))),
        422,
        "TOO_MANY_BYTES",
        "huge.jpg");
    assertProblem(
        client.friend(
            consenting("emil"),
            IntStream.range(0, 33)
                .mapToObj(at -> File.reference("r.jpg", Photos.jpeg("emil" + at)))
                .toList()),
        422,
        "TOO_MANY_REFERENCES",
        "at most 32");
    assertThat(profiles("emil")).isEmpty();
  }

  private Answer reference(String filename, byte[] bytes) {
    return client.friend(consenting("emil"), List.of(File.reference(filename, bytes)));
  }

  private static void assertProblem(Answer answer, int status, String code, String message) {
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(status);
    assertThat(answer.text("code")).isEqualTo(code);
    assertThat(answer.text("detail")).contains(message).hasLineCount(1);
  }

  private static String consenting(String name) {
    return "{\"name\": \"%s\", \"consent\": true}".formatted(name);
  }

  private List<FriendProfile> profiles(String friendId) {
    return ingest
        .topics()
        .events(
            Topics.FRIEND_PROFILE,
            profile ->
                profile.getOwnerId().equals(OWNER) && profile.getFriendId().equals(friendId));
  }

  private List<FriendContact> contacts(String friendId) {
    return ingest
        .topics()
        .events(
            Topics.FRIEND_CONTACT,
            contact ->
                contact.getOwnerId().equals(OWNER) && contact.getFriendId().equals(friendId));
  }
}
