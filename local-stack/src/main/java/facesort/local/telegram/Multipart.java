package facesort.local.telegram;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads multipart/form-data (RFC 7578) held in memory. */
final class Multipart {
  private static final Pattern BOUNDARY = Pattern.compile("boundary=\"?([^\";]+)\"?");
  private static final Pattern NAME = Pattern.compile("[; ]name=\"([^\"]*)\"");
  private static final Pattern FILE_NAME = Pattern.compile("[; ]filename=\"([^\"]*)\"");
  private static final byte[] HEAD_END = bytes("\r\n\r\n");

  private Multipart() {}

  /** Adds every part to the call; throws {@link ApiError} when the body is cut off. */
  static void parse(String contentType, byte[] body, Call into) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw ApiError.badRequest("multipart boundary is missing");
    }
    byte[] delimiter = bytes("--" + boundary.group(1));
    byte[] next = bytes("\r\n--" + boundary.group(1));
    int start = find(body, delimiter, 0) + delimiter.length;
    while (!isLast(body, start)) {
      int head = start + 2;
      int content = find(body, HEAD_END, head) + HEAD_END.length;
      int end = find(body, next, content - 2);
      String headers =
          new String(body, head, content - HEAD_END.length - head, StandardCharsets.UTF_8);
      add(headers, body, content, Math.max(content, end), into);
      start = end + next.length;
    }
  }

  private static void add(String headers, byte[] body, int from, int to, Call into) {
    String name = group(NAME, headers);
    if (name == null) {
      throw ApiError.badRequest("a part has no name");
    }
    String fileName = group(FILE_NAME, headers);
    if (fileName == null) {
      into.fields().put(name, new String(body, from, to - from, StandardCharsets.UTF_8));
    } else {
      into.files().put(name, new Upload(fileName, body, from, to));
    }
  }

  private static @Nullable String group(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.find() ? matcher.group(1) : null;
  }

  private static boolean isLast(byte[] body, int at) {
    if (at + 2 > body.length) {
      throw ApiError.badRequest("the multipart body is cut off");
    }
    return body[at] == '-' && body[at + 1] == '-';
  }

  private static int find(byte[] body, byte[] wanted, int from) {
    for (int at = from; at <= body.length - wanted.length; at++) {
      int same = 0;
      while (same < wanted.length && body[at + same] == wanted[same]) {
        same++;
      }
      if (same == wanted.length) {
        return at;
      }
    }
    throw ApiError.badRequest("the multipart body is cut off");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
