package facesort.ops.api;

import facesort.ops.console.CommandException;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A {@code multipart/form-data} body. Files are read while they are sent, so that any number of
 * them takes little memory.
 */
final class Multipart {
  private static final String END = "\r\n";

  private final String boundary;
  private final List<BodyPublisher> parts = new ArrayList<>();

  /**
   * @param boundary text that occurs in none of the parts
   */
  Multipart(String boundary) {
    this.boundary = boundary;
  }

  /** Adds a JSON value. */
  Multipart json(String name, Object value) {
    text(head(name, "") + "Content-Type: application/json" + END + END);
    text(JsonHttp.JSON.writeValueAsString(value) + END);
    return this;
  }

  /**
   * Adds a file under its own name.
   *
   * @param sent called when all of the file was handed to the connection
   */
  Multipart file(String name, Path file, Runnable sent) {
    String filename = "; filename=\"%s\"".formatted(quoted(String.valueOf(file.getFileName())));
    text(head(name, filename) + "Content-Type: application/octet-stream" + END + END);
    try {
      parts.add(new Noticed(BodyPublishers.ofFile(file), sent));
    } catch (FileNotFoundException e) {
      throw CommandException.error(
          "cannot read %s: is it a file, and yours to read?".formatted(file), e);
    }
    text(END);
    return this;
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  BodyPublisher publisher() {
    List<BodyPublisher> all = new ArrayList<>(parts);
    all.add(BodyPublishers.ofString("--" + boundary + "--" + END));
    return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
  }

  private String head(String name, String filename) {
    return "--%s%sContent-Disposition: form-data; name=\"%s\"%s%s"
        .formatted(boundary, END, name, filename, END);
  }

  private void text(String text) {
    parts.add(BodyPublishers.ofString(text, StandardCharsets.UTF_8));
  }

  /** As browsers do it: RFC 7578 leaves the quoting open. */
  private static String quoted(String name) {
    return name.codePoints()
        .mapToObj(c ->
            c == '"' || c < ' ' ? String.format(Locale.ROOT, "%%%02X", c) : Character.toString(c))
        .collect(Collectors.joining());
  }
}
