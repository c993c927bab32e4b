package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import facesort.local.StackAddresses;
import facesort.local.junit.LocalStackExtension;
import facesort.schemas.ObjectRef;
import facesort.service.ObjectStoreException.Kind;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(LocalStackExtension.class)
class ObjectStoreIT {

  private static final String PREFIX = ObjectKeys.jobPrefix("anna", "store-it");
  private static StackClients clients;
  private static ObjectStore store;

  @BeforeAll
  static void connect(StackAddresses stack, @TempDir Path folder) throws Exception {
    clients = StackClients.on(stack, folder);
    store = clients.store();
  }

  @AfterAll
  static void close() {
    clients.close();
  }

  @Test
  void get_readsWhatPutWrote() {
    var stored = put("a", bytes("photo"));

    assertThat(store.get(ref(PREFIX + "a", stored.etag()), 100).block()).isEqualTo(bytes("photo"));
    assertThat(store.head(PREFIX + "a").block()).isEqualTo(stored);
  }

  @Test
  void get_refusesAnotherContentThanNamed() {
    var first = put("b", bytes("one"));
    put("b", bytes("two"));

    assertKind(Kind.CHANGED, () -> store.get(ref(PREFIX + "b", first.etag()), 100).block());
  }

  @Test
  void get_refusesMoreThanTheCallerTakes() {
    put("c", new byte[1001]);

    assertThat(store.get(PREFIX + "c", 1001).block()).hasSize(1001);
    assertKind(Kind.TOO_LARGE, () -> store.get(PREFIX + "c", 1000).block());
  }

  @Test
  void get_tellsAMissingObjectFromAStoreThatIsAway() {
    assertKind(Kind.MISSING, () -> store.get(PREFIX + "never", 10).block());
    assertKind(Kind.MISSING, () -> store.head(PREFIX + "never").block());
  }

  @Test
  void putIfAbsent_takesTheFirstOnly() {
    assertThat(store.putIfAbsent(PREFIX + "d", bytes("first"), "text/plain").block()).isTrue();
    assertThat(store.putIfAbsent(PREFIX + "d", bytes("second"), "text/plain").block()).isFalse();
    assertThat(store.get(PREFIX + "d", 10).block()).isEqualTo(bytes("first"));
  }

  @Test
  void delete_removesWhatIsNamedAndNothingElse() {
    var prefix = PREFIX + "del/";
    put("del/1", bytes("x"));
    put("del/2", bytes("x"));

    var outcome =
        store.delete(List.of(prefix + "1", prefix + "never")).blockOptional().orElseThrow();

    assertThat(outcome.errors()).isEmpty();
    assertThat(store.list(prefix).map(StoredObject::key).collectList().block())
        .containsExactly(prefix + "2");
  }

  private static StoredObject put(String name, byte[] bytes) {
    return store.put(PREFIX + name, bytes, "image/jpeg").blockOptional().orElseThrow();
  }

  private static void assertKind(Kind kind, Runnable call) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ObjectStoreException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private static ObjectRef ref(String key, String etag) {
    return ObjectRef.newBuilder()
        .setBucket(store.bucket())
        .setKey(key)
        .setEtag(etag)
        .setLength(null)
        .build();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
