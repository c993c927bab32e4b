package facesort.inference.image;

import static facesort.inference.image.MadeJpeg.joined;
import static facesort.inference.image.MadeJpeg.with;

import facesort.inference.image.MadePng.Header;
import facesort.schemas.FailureCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.opencv.opencv_core.Scalar;

/** Files that were made to break a decoder, or that look as if, each with the one right answer. */
final class HostilePhotos {
  /** The answer of a file that is a photo. */
  static final String DECODED = "DECODED";

  private static final byte[] GREY = {120, 120, 120};
  private final List<Row> rows = new ArrayList<>();
  private final Path folder;

  private HostilePhotos(Path folder) {
    this.folder = folder;
  }

  /**
   * A file.
   *
   * @param answer {@link #DECODED} or the code of the refusal
   * @param mebibytes of memory that reading it may take
   */
  record Row(String name, String answer, int mebibytes) {}

  /** Writes all files into a folder, named 0, 1 and so on in the order of the list. */
  static List<Row> writtenTo(Path folder) throws IOException {
    HostilePhotos photos = new HostilePhotos(folder);
    photos.addJpegs();
    photos.addPngs();
    photos.addWebps();
    photos.addOthers();
    photos.addLargest();
    return photos.rows;
  }

  private void addJpegs() throws IOException {
    byte[] photo = TestPhotos.jpeg(TestPhotos.meadow(400, 300));
    byte[] thumbnail = TestPhotos.jpeg(TestPhotos.meadow(40, 30));
    decoded("jpeg with a second picture behind it", joined(photo, thumbnail));
    decoded("jpeg with a film behind it", joined(photo, box("mp42"), new byte[200_000]));
    decoded("jpeg that is also a zip", joined(photo, ascii("PK\3\4"), new byte[999]));
    decoded("jpeg with an exif bomb", with(photo, MadeJpeg.exifBomb()));
    decoded("jpeg with 200 comments", with(photo, comments(200)));
    decoded("jpeg 64 to 1", TestPhotos.jpeg(TestPhotos.meadow(1280, 20)));
    decoded("jpeg 1 by 1", TestPhotos.jpeg(TestPhotos.meadow(1, 1)));
    refused(FailureCode.BAD_ASPECT, "jpeg 65 to 1", TestPhotos.jpeg(TestPhotos.meadow(1300, 20)));
    refused(FailureCode.BAD_ASPECT, "jpeg 1 wide", TestPhotos.jpeg(TestPhotos.meadow(1, 65)));
    refused(FailureCode.TOO_MANY_PIXELS, "jpeg 60,000 by 60,000", sized(photo, 60_000, 60_000));
    refused(FailureCode.CORRUPT_IMAGE, "jpeg without height", sized(photo, 400, 0));
    refused(FailureCode.CORRUPT_IMAGE, "jpeg without picture", joined(MadeJpeg.head(), end()));
    decoded("progressive jpeg, 1,000 scans", MadeJpeg.progressive(300, 200, 3, 1_000));
    refused(
        FailureCode.TOO_MANY_SCANS,
        "progressive jpeg, 1,001 scans",
        MadeJpeg.progressive(300, 200, 3, 1_001));
    refused(
        FailureCode.TOO_MANY_SCANS,
        "progressive jpeg, 80,000 scans",
        MadeJpeg.progressive(64, 64, 3, 80_000));
    refused(
        FailureCode.TOO_MANY_SCANS,
        "progressive jpeg, 12 MP, 84 scans",
        MadeJpeg.progressive(4000, 3000, 1, 84));
    addFrames(photo);
  }

  private void addFrames(byte[] photo) {
    byte[] scan = new byte[50];
    for (int marker : new int[] {0xC3, 0xC5, 0xC9, 0xCA}) {
      refused(
          FailureCode.UNSUPPORTED_TYPE,
          "jpeg frame %X".formatted(marker),
          joined(MadeJpeg.head(), MadeJpeg.frame(marker, 8, 64, 64, 3), scan, end()));
    }
    refused(
        FailureCode.UNSUPPORTED_TYPE,
        "jpeg of 12 bits",
        joined(MadeJpeg.head(), MadeJpeg.frame(0xC1, 12, 64, 64, 3), scan, end()));
    for (int components : new int[] {0, 2, 5, 255}) {
      refused(
          FailureCode.UNSUPPORTED_TYPE,
          "jpeg of %d components".formatted(components),
          joined(MadeJpeg.head(), MadeJpeg.frame(0xC0, 8, 64, 64, components), scan, end()));
    }
    refused(
        FailureCode.CORRUPT_IMAGE,
        "jpeg with two frames",
        with(photo, MadeJpeg.frame(MadeJpeg.BASELINE, 8, 16, 16, 3)));
    refused(
        FailureCode.CORRUPT_IMAGE,
        "jpeg whose scan comes first",
        joined(MadeJpeg.head(), MadeJpeg.scan(1, 0, 63, 0), scan, end()));
    refused(
        FailureCode.CORRUPT_IMAGE,
        "jpeg with a segment of no length",
        with(photo, new byte[] {(byte) 0xFF, (byte) 0xE5, 0, 1}));
    refused(
        FailureCode.CORRUPT_IMAGE,
        "jpeg with an unknown marker",
        with(photo, MadeJpeg.segment(0x30, new byte[9])));
    refused(FailureCode.CORRUPT_IMAGE, "jpeg without tables", withoutTables(photo));
  }

  private void addPngs() throws IOException {
    Header header = new Header(300, 200, 8, 2, 0);
    byte[] photo = MadePng.of(header, GREY);
    decoded("png with a bomb as profile", MadePng.of(header, GREY, MadePng.bomb("iCCP", 300)));
    decoded("png with a bomb as text", MadePng.of(header, GREY, MadePng.bomb("zTXt", 300)));
    decoded("png with a bomb as utf-8", MadePng.of(header, GREY, MadePng.bomb("iTXt", 300)));
    decoded("png with 100,000 chunks", MadePng.of(header, GREY, times(100_000, "abCd")));
    decoded("png with 100,000 palettes", MadePng.of(header, GREY, times(100_000, "tRNS")));
    decoded("png with an exif bomb", MadePng.of(header, GREY, exifBomb()));
    decoded("png that is also a zip", joined(photo, ascii("PK\3\4"), new byte[999]));
    decoded("animated png, first picture", animated(header, 300, 200));
    decoded("animated png, frames outside", animated(header, 300_000, -1));
    decoded("animated png, frame above the picture", animatedAbove(photo));
    decoded("png 1 by 1", MadePng.of(new Header(1, 1, 8, 2, 0), GREY));
    refused(FailureCode.BAD_ASPECT, "png 1 by 65", MadePng.of(new Header(1, 65, 8, 2, 0), GREY));
    refused(FailureCode.TOO_MANY_PIXELS, "png 30,000 by 30,000", sized(photo, 30_000));
    refused(FailureCode.CORRUPT_IMAGE, "png without size", sized(photo, 0));
    refused(FailureCode.CORRUPT_IMAGE, "png of negative size", sized(photo, -1));
    refused(FailureCode.CORRUPT_IMAGE, "png whose header lies", sized(photo, 5_000));
    refused(
        FailureCode.CORRUPT_IMAGE,
        "png with half of its rows",
        joined(
            Arrays.copyOf(photo, 8),
            new Header(300, 400, 8, 2, 0).chunk(),
            Arrays.copyOfRange(photo, 33, photo.length)));
    refused(
        FailureCode.CORRUPT_IMAGE,
        "png without picture",
        joined(Arrays.copyOf(photo, 33), MadePng.chunk("IEND")));
    refused(
        FailureCode.CORRUPT_IMAGE,
        "png with two headers",
        MadePng.of(header, GREY, header.chunk()));
    refused(
        FailureCode.CORRUPT_IMAGE,
        "palette png without palette",
        MadePng.of(new Header(30, 20, 8, 3, 0), GREY));
    for (int[] wrong : new int[][] {{3, 0, 0}, {16, 3, 0}, {4, 2, 0}, {8, 5, 0}, {8, 2, 2}}) {
      refused(
          FailureCode.CORRUPT_IMAGE,
          "png of depth %d, type %d, interlace %d".formatted(wrong[0], wrong[1], wrong[2]),
          joined(
              Arrays.copyOf(photo, 8),
              new Header(300, 200, wrong[0], wrong[1], wrong[2]).chunk(),
              Arrays.copyOfRange(photo, 33, photo.length)));
    }
    byte[] lying = MadePng.of(header, GREY, MadePng.chunk("PLTE", new byte[6]));
    ByteBuffer.wrap(lying).putInt(33, 0x7FFFFF00);
    refused(FailureCode.TRUNCATED_IMAGE, "png with a palette of 2 GB", lying);
    byte[] impossible = lying.clone();
    ByteBuffer.wrap(impossible).putInt(33, -16);
    refused(FailureCode.CORRUPT_IMAGE, "png with a chunk of 4 GB", impossible);
  }

  private void addWebps() {
    Scalar colour = new Scalar(200, 100, 50, 90);
    byte[] lossy = MadeWebp.picture(MadeWebp.lossy(300, 200, colour));
    byte[] lossless = MadeWebp.picture(MadeWebp.lossless(300, 200, colour));
    decoded("extended webp", MadeWebp.extended(300, 200, lossy));
    decoded(
        "animated webp, first picture",
        MadeWebp.extended(
            300, 200, MadeWebp.frame(300, 200, lossy), MadeWebp.frame(300, 200, lossless)));
    decoded(
        "animated webp on a canvas of 256 TP",
        MadeWebp.extended(1 << 24, 1 << 24, MadeWebp.frame(300, 200, lossless)));
    decoded(
        "animated webp of 10,000 frames",
        MadeWebp.extended(
            300,
            200,
            MadeWebp.frame(300, 200, lossy),
            repeated(10_000, new byte[] {'A', 'N', 'M', 'F', 0, 0, 0, 0})));
    refused(
        FailureCode.CORRUPT_IMAGE,
        "animated webp whose frame lies",
        MadeWebp.extended(300, 200, MadeWebp.frame(30, 20, lossy)));
    refused(FailureCode.CORRUPT_IMAGE, "webp whose canvas lies", MadeWebp.extended(30, 20, lossy));
    refused(FailureCode.CORRUPT_IMAGE, "webp without picture", MadeWebp.extended(30, 20));
    byte[] huge = MadeWebp.file(lossless);
    ByteBuffer.wrap(huge).putInt(21, 0xFFFFFF0F);
    refused(FailureCode.TOO_MANY_PIXELS, "webp of 16,384 by 16,384", huge);
    byte[] noKey = MadeWebp.file(lossy);
    noKey[20] |= 1;
    refused(FailureCode.CORRUPT_IMAGE, "webp that begins in the middle", noKey);
    byte[] lie = MadeWebp.file(lossy);
    ByteBuffer.wrap(lie).putInt(16, 0xFFFFFF0F);
    refused(FailureCode.TRUNCATED_IMAGE, "webp with a chunk of 4 GB", lie);
  }

  private void addOthers() {
    refused(FailureCode.EMPTY_FILE, "nothing", new byte[0]);
    refused(FailureCode.UNSUPPORTED_TYPE, "one byte", new byte[1]);
    refused(FailureCode.UNSUPPORTED_TYPE, "text", ascii("hello, this is no photo"));
    refused(FailureCode.UNSUPPORTED_TYPE, "gif", ascii("GIF89a" + "-".repeat(99)));
    refused(FailureCode.UNSUPPORTED_TYPE, "tiff", ascii("II*\0" + "-".repeat(99)));
    refused(FailureCode.UNSUPPORTED_TYPE, "bmp", ascii("BM" + "-".repeat(99)));
    refused(FailureCode.UNSUPPORTED_TYPE, "svg", ascii("<svg xmlns='x'></svg>"));
    refused(FailureCode.UNSUPPORTED_TYPE, "film", box("mp42"));
    refused(FailureCode.UNSUPPORTED_HEIC, "heic", box("heic"));
    refused(FailureCode.UNSUPPORTED_HEIC, "avif", box("avif"));
    refused(FailureCode.UNSUPPORTED_HEIC, "avif by its second brand", box("mif1", "avif"));
    refused(FailureCode.TOO_MANY_BYTES, "50 MiB and one byte", new byte[50 * 1024 * 1024 + 1]);
  }

  /** The largest photos that are accepted: what they take is the memory a worker must have. */
  private void addLargest() {
    byte[] six = new byte[8];
    Arrays.fill(six, (byte) 99);
    Scalar colour = new Scalar(9, 99, 199, 77);
    add(DECODED, "largest progressive jpeg", 512, MadeJpeg.progressive(7071, 7071, 4, 20));
    add(DECODED, "largest png", 512, MadePng.of(new Header(7071, 7071, 16, 6, 1), six));
    add(DECODED, "largest lossy webp", 512, MadeWebp.lossy(7071, 7071, colour));
    add(DECODED, "largest webp with alpha", 512, MadeWebp.withAlpha(7071, 7071, colour));
  }

  private void decoded(String name, byte[] file) {
    add(DECODED, name, 64, file);
  }

  private void refused(FailureCode code, String name, byte[] file) {
    add(code.name(), name, 64, file);
  }

  private void add(String answer, String name, int mebibytes, byte[] file) {
    try {
      Files.write(folder.resolve("" + rows.size()), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    rows.add(new Row(name, answer, mebibytes));
  }

  private static byte[] animated(Header header, int frameWidth, int frameHeight) {
    ByteBuffer control = ByteBuffer.allocate(26).putInt(0).putInt(frameWidth).putInt(frameHeight);
    return MadePng.of(
        header,
        GREY,
        MadePng.chunk("acTL", ByteBuffer.allocate(8).putInt(2).array()),
        MadePng.chunk("fcTL", control.array()));
  }

  /** The picture, then a frame whose place is inside of it only if numbers have 32 bits. */
  private static byte[] animatedAbove(byte[] photo) {
    ByteBuffer place = ByteBuffer.allocate(26).putInt(0).putInt(300).putInt(32).putInt(0);
    byte[] frame = MadePng.of(new Header(300, 32, 8, 2, 0), GREY);
    byte[] data = Arrays.copyOfRange(frame, 41, frame.length - 16);
    return joined(
        Arrays.copyOf(photo, 33),
        MadePng.chunk("acTL", ByteBuffer.allocate(8).putInt(2).array()),
        Arrays.copyOfRange(photo, 33, photo.length - 12),
        MadePng.chunk("fcTL", place.putInt(-16).array()),
        MadePng.chunk("fdAT", joined(new byte[] {0, 0, 0, 1}, data)),
        MadePng.chunk("IEND"));
  }

  private static byte[] sized(byte[] png, int side) {
    byte[] changed = png.clone();
    ByteBuffer.wrap(changed).putInt(16, side).putInt(20, side);
    return withHeaderSum(changed);
  }

  private static byte[] withHeaderSum(byte[] png) {
    byte[] header = MadePng.chunk("IHDR", Arrays.copyOfRange(png, 16, 29));
    System.arraycopy(header, 0, png, 8, header.length);
    return png;
  }

  private static byte[] sized(byte[] jpeg, int width, int height) {
    ByteBuffer bytes = ByteBuffer.wrap(jpeg.clone());
    int at = 2;
    while ((bytes.get(at + 1) & 0xFF) != 0xC0) {
      at += 2 + Short.toUnsignedInt(bytes.getShort(at + 2));
    }
    return bytes.putShort(at + 5, (short) height).putShort(at + 7, (short) width).array();
  }

  private static byte[] withoutTables(byte[] jpeg) {
    byte[] changed = jpeg.clone();
    for (int at = 2; (changed[at + 1] & 0xFF) != 0xDA; ) {
      int length = Short.toUnsignedInt(ByteBuffer.wrap(changed).getShort(at + 2));
      if ((changed[at + 1] & 0xFF) == 0xDB) {
        changed[at + 1] = (byte) 0xE9;
      }
      at += 2 + length;
    }
    return changed;
  }

  private static byte[] exifBomb() {
    byte[] segment = MadeJpeg.exifBomb();
    return MadePng.chunk("eXIf", Arrays.copyOfRange(segment, 10, segment.length));
  }

  private static byte[] comments(int count) {
    return repeated(count, MadeJpeg.segment(0xFE, new byte[60_000]));
  }

  private static byte[] times(int count, String type) {
    return repeated(count, MadePng.chunk(type));
  }

  private static byte[] repeated(int count, byte[] part) {
    byte[][] parts = new byte[count][];
    Arrays.fill(parts, part);
    return joined(parts);
  }

  private static byte[] box(String... brands) {
    ByteBuffer box = ByteBuffer.allocate(16 + 4 * brands.length);
    box.putInt(12 + 4 * brands.length).put(ascii("ftyp" + brands[0])).putInt(0);
    for (int i = 1; i < brands.length; i++) {
      box.put(ascii(brands[i]));
    }
    return box.array();
  }

  private static byte[] end() {
    return MadeJpeg.end();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
