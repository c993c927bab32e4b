package facesort.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damaged bytes are read or refused: nothing else, and at a small price. */
class AvroCodecFuzzTest {

  private static final int MUTANTS = 20_000;
  private static final long MOST_BYTES_ALLOCATED = 64L * Topics.MAX_RECORD_BYTES;

  private final AvroCodec codec = new AvroCodec(SchemaIds.numbered(), SchemaRegistry.NONE);
  private final CountingRegistry registry = new CountingRegistry();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void mutants_areReadOrUndecodable() {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    var gallery = Records.aGallery(Collections.nCopies(20, Records.aReference()));
    var ours = codec.encode(Topics.FRIEND_GALLERY, gallery);

    assertReadOrUndecodable(seed, codec, ours);
  }

  @Test
  void mutantsOfAnotherVersion_areReadOrUndecodable() {
    long seed = Long.getLong("fuzz.seed", System.nanoTime());
    var gallery = Records.aGallery(Collections.nCopies(20, Records.aReference()));
    var theirs = codec.encode(Topics.FRIEND_GALLERY, gallery);
    var reworded =
        AvroCodec.bundledText(Topics.FRIEND_GALLERY).json().replaceFirst("\"doc\":\"", "$0New. ");
    System.arraycopy(Frame.header(registry.holds(reworded)), 0, theirs, 0, Frame.LENGTH);

    assertReadOrUndecodable(seed, new AvroCodec(SchemaIds.numbered(), registry), theirs);
  }

  private void assertReadOrUndecodable(long seed, AvroCodec reader, byte[] original) {
    var random = new Random(seed);
    int refused = 0;
    for (int i = 0; i < MUTANTS; i++) {
      var mutant = mutated(original, random);
      long before = threads.getCurrentThreadAllocatedBytes();
      refused += isRefused(reader, mutant, "-Dfuzz.seed=" + seed + ", mutant " + i) ? 1 : 0;
      assertThat(threads.getCurrentThreadAllocatedBytes() - before)
          .as("bytes allocated, -Dfuzz.seed=%d, mutant %d", seed, i)
          .isLessThan(MOST_BYTES_ALLOCATED);
    }
    // Both ends were seen: most damage is found, and some only changes a value.
    assertThat(refused).as("-Dfuzz.seed=%d", seed).isBetween(MUTANTS / 10, MUTANTS - 1);
  }

  private static boolean isRefused(AvroCodec reader, byte[] mutant, String which) {
    var refusals = new ArrayList<UndecodableException>();
    assertThatCode(
            () -> {
              try {
                reader.decode(Topics.FRIEND_GALLERY, mutant);
              } catch (UndecodableException e) {
                refusals.add(e);
              }
            })
        .as(which)
        .doesNotThrowAnyException();
    return !refusals.isEmpty();
  }

  /** Keeps magic and id, which have their own tests, and damages what follows. */
  private static byte[] mutated(byte[] original, Random random) {
    var bytes = original.clone();
    for (int left = 1 + random.nextInt(4); left > 0; left--) {
      int at = Frame.LENGTH + random.nextInt(bytes.length - Frame.LENGTH);
      switch (random.nextInt(4)) {
        case 0 -> bytes[at] = (byte) random.nextInt(256);
        case 1 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes = Arrays.copyOf(bytes, Math.max(at, Frame.LENGTH + 1));
        default -> bytes = withHugeNumber(bytes, at, random);
      }
    }
    return bytes;
  }

  /** Puts a length of up to 2^62 where another number was. */
  private static byte[] withHugeNumber(byte[] bytes, int at, Random random) {
    var huge = new byte[1 + random.nextInt(10)];
    Arrays.fill(huge, (byte) 0xff);
    // The lowest bit is the sign.
    huge[0] = random.nextBoolean() ? (byte) 0xfe : (byte) 0xff;
    huge[huge.length - 1] &= (byte) random.nextInt(128);
    var out = new byte[bytes.length + huge.length];
    List<byte[]> parts =
        List.of(Arrays.copyOf(bytes, at), huge, Arrays.copyOfRange(bytes, at, bytes.length));
    int filled = 0;
    for (var part : parts) {
      System.arraycopy(part, 0, out, filled, part.length);
      filled += part.length;
    }
    return out;
  }
}
