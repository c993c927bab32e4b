package facesort.local.telegram;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The parameters of one call, however they came: query, form, JSON or multipart. */
record Call(Map<String, String> fields, Map<String, Upload> files) {

  static Call parse(@Nullable String query, @Nullable String contentType, byte[] body) {
    Call call = new Call(new HashMap<>(), new HashMap<>());
    if (query != null) {
      call.addForm(query);
    }
    String type = contentType == null ? "" : contentType;
    if (type.startsWith("multipart/form-data")) {
      Multipart.parse(type, body, call);
    } else if (type.startsWith("application/json")) {
      call.addJson(body);
    } else {
      call.addForm(new String(body, StandardCharsets.UTF_8));
    }
    return call;
  }

  @Nullable String field(String name) {
    String value = fields.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  int number(String name, int otherwise) {
    String value = field(name);
    try {
      return value == null ? otherwise : Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw ApiError.badRequest("invalid " + name);
    }
  }

  private void addForm(String form) {
    for (String pair : form.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
  }

  private void addJson(byte[] body) {
    try {
      JsonNode object = Json.MAPPER.readTree(body);
      object
          .properties()
          .forEach(field ->
              fields.put(
                  field.getKey(),
                  field.getValue().isString()
                      ? field.getValue().stringValue()
                      : field.getValue().toString()));
    } catch (JacksonException e) {
      throw ApiError.badRequest("can't parse request JSON object");
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
