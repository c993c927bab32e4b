package facesort.ingest.photo;

import java.nio.charset.StandardCharsets;
import java.util.Set;

/** What a file is by its first bytes, whatever its name says. */
public enum PhotoType {
  /** JPEG. */
  JPEG("image/jpeg"),
  /** PNG. */
  PNG("image/png"),
  /** WebP. */
  WEBP("image/webp"),
  /** HEIC or HEIF, which nobody here can decode. */
  HEIC("image/heic"),
  /** Anything else. */
  OTHER("application/octet-stream");

  /** How many first bytes {@link #of} looks at. */
  static final int HEAD_BYTES = 16;

  private static final String PNG_SIGNATURE = "\u0089PNG\r\n\u001a\n";
  private static final Set<String> HEIC_BRANDS =
      Set.of("heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1");

  private final String mediaType;

  PhotoType(String mediaType) {
    this.mediaType = mediaType;
  }

  /** Its media type. */
  public String mediaType() {
    return mediaType;
  }

  /** The type of the file that begins with these bytes. */
  public static PhotoType of(byte[] head) {
    var text = new String(head, StandardCharsets.ISO_8859_1);
    if (text.startsWith("\u00ff\u00d8\u00ff")) {
      return JPEG;
    }
    if (text.startsWith(PNG_SIGNATURE)) {
      return PNG;
    }
    if (text.startsWith("RIFF") && text.startsWith("WEBP", 8)) {
      return WEBP;
    }
    if (text.startsWith("ftyp", 4) && text.length() >= 12) {
      return HEIC_BRANDS.contains(text.substring(8, 12)) ? HEIC : OTHER;
    }
    return OTHER;
  }
}
