package dev.ragstream.ingest;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Flattens JSON into fields: {@code {"a":{"b":1}}} into {@code a.b}, lists by position. */
final class JsonFields {

  private JsonFields() {}

  /** The fields in the order of the file; a bare value goes by the name {@code text}. */
  static Map<String, String> of(JsonNode node) {
    Map<String, String> fields = new LinkedHashMap<>();
    flatten(node.isObject() ? "" : "text", node, fields);
    return fields;
  }

  private static void flatten(String path, JsonNode node, Map<String, String> into) {
    if (node.isObject()) {
      String prefix = path.isEmpty() ? "" : path + ".";
      node.properties().forEach(field -> flatten(prefix + field.getKey(), field.getValue(), into));
    } else if (node.isArray() && node.valueStream().anyMatch(JsonNode::isContainer)) {
      for (int i = 0; i < node.size(); i++) {
        flatten("%s[%d]".formatted(path, i), node.get(i), into);
      }
    } else if (node.isArray()) {
      into.put(path, node.valueStream().map(JsonFields::text).collect(Collectors.joining(", ")));
    } else if (!node.isNull()) {
      into.put(path, text(node));
    }
  }

  private static String text(JsonNode value) {
    return value.asString().replace("\0", "").replace("\r\n", "\n");
  }
}
