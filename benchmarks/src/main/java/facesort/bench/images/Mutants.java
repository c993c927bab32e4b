package facesort.bench.images;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Damaged copies of good files: each is made of its seed and its number alone, so that any of them
 * can be made again. Used by one thread.
 */
final class Mutants {
  private static final int MOST_CHANGES = 4;
  private static final int LONGEST_PIECE = 400;

  /** Lengths and sizes that programs get wrong. */
  private static final int[] EDGES = {
    0,
    1,
    2,
    7,
    0x7F,
    0x80,
    0xFF,
    0x100,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x10000,
    5_000,
    7_071,
    0x3FFF,
    0xFFFFFF,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFF0,
    -1
  };

  private final List<byte[]> seeds;
  private final long seed;

  Mutants(List<byte[]> seeds, long seed) {
    this.seeds = seeds;
    this.seed = seed;
  }

  /** Returns the file with this number. */
  byte[] get(long number) {
    SplittableRandom random = new SplittableRandom(seed * 1_000_003 + number);
    byte[] file = any(random).clone();
    int changes = random.nextInt(1, MOST_CHANGES + 1);
    for (int i = 0; i < changes && file.length > 16; i++) {
      file = changed(file, random);
    }
    // Else a checksum hides nearly every change of a PNG from the decoder.
    if (random.nextInt(4) > 0 && file.length > 16 && (file[0] & 0xFF) == 0x89) {
      Containers.repairSums(file);
    }
    return file;
  }

  private byte[] changed(byte[] file, SplittableRandom random) {
    return switch (random.nextInt(9)) {
      case 0 -> flipped(file, random);
      case 1 -> noisy(file, random);
      case 2 -> lying(file, random, random.nextInt(file.length - 4));
      case 3 -> lying(file, random, random.nextInt(Math.min(48, file.length - 4)));
      case 4 -> Arrays.copyOf(file, random.nextInt(file.length));
      case 5 -> repeated(file, random);
      case 6 -> without(file, random);
      case 7 -> crossed(file, any(random), random);
      default -> marked(file, random);
    };
  }

  private static byte[] flipped(byte[] file, SplittableRandom random) {
    for (int i = random.nextInt(1, 9); i > 0; i--) {
      file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
    }
    return file;
  }

  private static byte[] noisy(byte[] file, SplittableRandom random) {
    byte[] noise = new byte[Math.min(random.nextInt(1, 33), file.length)];
    random.nextBytes(noise);
    System.arraycopy(noise, 0, file, random.nextInt(file.length - noise.length + 1), noise.length);
    return file;
  }

  /** A number that is not so: a length, a size, an offset. */
  private static byte[] lying(byte[] file, SplittableRandom random, int at) {
    int value = EDGES[random.nextInt(EDGES.length)];
    ByteBuffer bytes = ByteBuffer.wrap(file);
    bytes.order(random.nextBoolean() ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
    if (random.nextBoolean()) {
      bytes.putInt(at, value);
    } else {
      bytes.putShort(at, (short) value);
    }
    return file;
  }

  /** A piece comes a second time, or many times. */
  private static byte[] repeated(byte[] file, SplittableRandom random) {
    int from = random.nextInt(file.length);
    int length = random.nextInt(1, Math.min(LONGEST_PIECE, file.length - from) + 1);
    int times = random.nextInt(8) == 0 ? 50 : 1;
    int to = random.nextInt(file.length);
    ByteBuffer longer = ByteBuffer.allocate(file.length + times * length).put(file, 0, to);
    for (int i = 0; i < times; i++) {
      longer.put(file, from, length);
    }
    return longer.put(file, to, file.length - to).array();
  }

  private static byte[] without(byte[] file, SplittableRandom random) {
    int from = random.nextInt(file.length);
    int length = random.nextInt(1, Math.min(LONGEST_PIECE, file.length - from) + 1);
    return ByteBuffer.allocate(file.length - length)
        .put(file, 0, from)
        .put(file, from + length, file.length - from - length)
        .array();
  }

  /** The beginning of one file and the end of another. */
  private static byte[] crossed(byte[] file, byte[] other, SplittableRandom random) {
    int head = random.nextInt(file.length);
    int tail = random.nextInt(other.length);
    return ByteBuffer.allocate(head + tail)
        .put(file, 0, head)
        .put(other, other.length - tail, tail)
        .array();
  }

  /** A marker of a JPEG where none should be. */
  private static byte[] marked(byte[] file, SplittableRandom random) {
    int at = random.nextInt(file.length - 1);
    file[at] = (byte) 0xFF;
    file[at + 1] = (byte) random.nextInt(0xC0, 0x100);
    return file;
  }

  private byte[] any(SplittableRandom random) {
    return seeds.get(random.nextInt(seeds.size()));
  }
}
