package facesort.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {

  private static final String PART = "owners/anna/";

  /** Steps that some reader takes for "go up", "stay" or "nothing". */
  private static final List<String> STEPS =
      List.of(
          "",
          ".",
          "..",
          "...",
          " ",
          ". ",
          ".. ",
          " ..",
          ". .",
          "%2e",
          "%2E%2e",
          "%2f",
          "..%2f",
          "%252e%252e",
          "%c0%ae%c0%ae",
          "%u002e",
          "%",
          "a%b",
          "..\\",
          "\\",
          "a\\b",
          "\\..\\",
          "\u2024\u2024",
          "\u2025",
          "\u2026",
          "\uff0e\uff0e",
          ".\uff0e",
          "\ufe52\ufe52",
          "a\uff0fb",
          "a\u2044b",
          "a\u2215b",
          "a\u29f8b",
          "a\uff3cb",
          "a\u2216b",
          "a\uff05b",
          "a\u066ab",
          "\u2100",
          "\u2488",
          "\u3002\u3002",
          "\uff61",
          "a\u0338b",
          ".\u0301\u0338",
          "\u0301a");

  /** Characters that nobody sees, or that change the order in which others are seen. */
  private static final int[] INVISIBLE = {
    0x00, 0x01, 0x07, 0x08, 0x09, 0x0a, 0x0d, 0x1b, 0x1f, 0x7f, 0x80, 0x85, 0x9f, 0xa0, 0xad,
    0x034f, 0x061c, 0x115f, 0x1160, 0x1680, 0x17b4, 0x180b, 0x180e, 0x2000, 0x2003, 0x2009, 0x200a,
    0x200b, 0x200c, 0x200d, 0x200e, 0x200f, 0x2028, 0x2029, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e,
    0x202f, 0x205f, 0x2060, 0x2061, 0x2064, 0x2066, 0x2067, 0x2068, 0x2069, 0x206a, 0x206f, 0x2800,
    0x3000, 0x3164, 0xfe00, 0xfe0f, 0xfeff, 0xffa0, 0xfff9, 0xe000, 0xffff, 0xe0001, 0xe0041,
    0xe01ef, 0x10fffd, 0xd800, 0xdc00
  };

  static Set<String> hostileKeys() {
    Set<String> keys = new LinkedHashSet<>();
    for (var step : STEPS) {
      keys.add(PART + step);
      keys.add(PART + step + "/x");
      keys.add(PART + "jobs/" + step + "/../x");
      keys.add(PART + "jobs/j/photos/" + step);
      keys.add(PART + "a/" + step + "/ben/x.jpg");
    }
    for (int c : INVISIBLE) {
      var sign = new StringBuilder().appendCodePoint(c).toString();
      keys.add(PART + sign);
      keys.add(PART + "a" + sign + "b.jpg");
      keys.add(PART + "." + sign + ".");
      keys.add(PART + ".." + sign + "/ben/x");
    }
    for (var other :
        List.of("ben", "Anna", "annabel", "ann", "\u0430nna", "anna ", "", "..", ".")) {
      keys.add("owners/" + other + "/x");
      keys.add("owners/" + other + "/anna/x");
    }
    keys.addAll(
        List.of(
            "",
            "/",
            "x",
            "owners",
            "owners/",
            "owners/anna",
            PART,
            "/" + PART + "x",
            "./" + PART + "x",
            "Owners/anna/x",
            "s3://b/" + PART + "x",
            "../" + PART + "x",
            PART + "e\u0301te\u0301",
            PART + "\u212b",
            PART + "\u1100\u1161",
            PART + "x".repeat(1013),
            PART + "ä".repeat(507)));
    return keys;
  }

  @Test
  void hostileKeys_areMany() {
    assertThat(hostileKeys()).hasSizeGreaterThanOrEqualTo(500);
  }

  @ParameterizedTest
  @MethodSource("hostileKeys")
  void key_refusesWhatIsHostile(String key) {
    assertThatThrownBy(() -> new ObjectKey("anna", key))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(ObjectKeys.belongsTo("anna", key)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "inbox/Fest 2026/Bild 1.jpg",
        "Zoë/Müller & Söhne (2).jpeg",
        "写真/東京.jpg",
        "صور/حفل.jpg",
        "תמונות/א.jpg",
        "фото/Лето-2026.jpg",
        "हिन्दी/फोटो.jpg",
        ".hidden",
        "a..b",
        "a...",
        "~x",
        "a:b",
        "50+1=51, #1 @home!.jpg",
        "Fest – Tag 1/“Braut”.jpg",
        "\ud83c\udf89.jpg"
      })
  void key_takesOrdinaryNames(String name) {
    assertThat(new ObjectKey("anna", PART + name)).hasToString(PART + name);
    assertThat(ObjectKeys.belongsTo("anna", PART + name)).isTrue();
  }

  @Test
  void key_takesExactlyTheLimitInBytes() {
    var longest = PART + "ä".repeat(506);

    assertThat(new ObjectKey("anna", longest).value().getBytes(StandardCharsets.UTF_8))
        .hasSize(ObjectKey.MAX_BYTES);
    assertThatIllegalArgumentException().isThrownBy(() -> new ObjectKey("anna", longest + "x"));
  }

  @Test
  void refusal_doesNotRepeatTheKey() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ObjectKey("anna", PART + "secret\n/x"))
        .withMessageNotContaining("secret");
  }

  @Test
  void key_refusesAnOwnerThatIsNoId() {
    assertThatIllegalArgumentException().isThrownBy(() -> new ObjectKey("..", "owners/../x"));
  }

  /** Whatever is accepted leads into the owner's part for every reader that we can think of. */
  @Test
  void acceptedKeys_neverResolveOutsideTheOwnersPart() {
    var seed = new Random().nextLong();
    var random = new Random(seed);
    var pieces =
        List.of(
            "a", "ben", ".", "..", "/", "//", "%2e", "%2f", "\\", " ", "\u2025", "\uff0e", "\uff0f",
            "\u202e", "\u0301", "é", "写", "~", ":", "?", "#", "owners", "anna", "\u0000");
    var accepted = 0;
    for (int i = 0; i < 20_000; i++) {
      var key = new StringBuilder(PART);
      for (int n = 1 + random.nextInt(6); n > 0; n--) {
        key.append(pieces.get(random.nextInt(pieces.size())));
      }
      if (ObjectKeys.belongsTo("anna", key.toString())) {
        accepted++;
        assertStaysInside(key.toString(), seed);
      }
    }
    assertThat(accepted).as("seed %d", seed).isGreaterThan(500);
  }

  private static void assertStaysInside(String key, long seed) {
    var compatible = Normalizer.normalize(key, Normalizer.Form.NFKC);
    for (var read : List.of(key, compatible, compatible.replace('\\', '/').strip())) {
      var path = Path.of("/bucket/" + read).normalize();
      assertThat(path.startsWith("/bucket/owners/anna")).as("%s, seed %d", read, seed).isTrue();
      assertThat(path.getNameCount()).as("%s, seed %d", read, seed).isGreaterThan(3);
    }
    var decoded = java.net.URLDecoder.decode(key.replace("+", "%2B"), StandardCharsets.UTF_8);
    assertThat(decoded).as("seed %d", seed).isEqualTo(key);
    assertThat(URI.create("s3://b/").resolve("/" + encoded(key)).normalize().getPath())
        .as("%s, seed %d", key, seed)
        .startsWith("/" + PART);
  }

  private static String encoded(String key) {
    return java.net.URLEncoder.encode(key, StandardCharsets.UTF_8)
        .replace("%2F", "/")
        .replace("+", "%20");
  }
}
