package dev.ragstream.upstream;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An error in a provider's own words; each part is empty where it was not given.
 *
 * @param message for people
 * @param code a name or a number
 * @param type the provider's class of errors
 */
record ProviderError(String message, String code, String type) {

  /**
   * Reads {@code {"error": {"message", "code", "type"}}} and its relatives: {@code status} in the
   * place of {@code type}, the error as a string, the three fields without a frame, FastAPI's
   * {@code {"detail": …}}, any of them in an array. Anything else is its own message.
   */
  static ProviderError parse(String body) {
    try {
      JsonNode root = JsonMapper.shared().readTree(body);
      JsonNode first = root.isArray() ? root.path(0) : root;
      JsonNode error = first.has("error") ? first.get("error") : first;
      if (error.isString()) {
        return new ProviderError(error.stringValue(), "", "");
      }
      String message = text(error.has("message") ? error.get("message") : error.path("detail"));
      String code = text(error.path("code"));
      String type = text(error.has("type") ? error.get("type") : error.path("status"));
      return new ProviderError(message.isEmpty() ? body : message, code, type);
    } catch (JacksonException e) {
      return new ProviderError(body.strip(), "", "");
    }
  }

  /** For a message: what was said, then code and type in brackets. */
  String describe() {
    List<String> marks = new ArrayList<>();
    if (!code.isEmpty()) {
      marks.add("code " + code);
    }
    if (!type.isEmpty() && !type.equals(code)) {
      marks.add("type " + type);
    }
    String said = SafeText.shortened(message.isBlank() ? "(no message)" : message);
    return marks.isEmpty()
        ? said
        : said + " (" + SafeText.shortened(String.join(", ", marks)) + ")";
  }

  private static String text(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return "";
    }
    return node.isValueNode() ? node.asString() : node.toString();
  }
}
