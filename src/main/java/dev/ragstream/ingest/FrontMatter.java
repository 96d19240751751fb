package dev.ragstream.ingest;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The YAML between {@code ---} lines at the head of a Markdown file.
 *
 * @param fields scalars as text; lists joined by commas; nested keys joined by dots
 * @param body the Markdown after it
 */
record FrontMatter(Map<String, String> fields, String body, List<String> warnings) {

  private static final Pattern HEAD =
      Pattern.compile(
          "\\A---[ \\t]*\\n(.*?\\n)??(?:---|\\.\\.\\.)[ \\t]*(?:\\n|\\z)", Pattern.DOTALL);

  static FrontMatter of(String source, String text) {
    Matcher head = HEAD.matcher(text);
    if (!head.lookingAt() || head.group(1) == null) {
      return new FrontMatter(Map.of(), text, List.of());
    }
    String body = text.substring(head.end());
    try {
      Object yaml = new Load(LoadSettings.builder().build()).loadFromString(head.group(1));
      if (!(yaml instanceof Map<?, ?> map)) {
        return new FrontMatter(Map.of(), text, List.of()); // text between two rules
      }
      Map<String, String> fields = new LinkedHashMap<>();
      flatten("", map, fields);
      return new FrontMatter(fields, body, List.of());
    } catch (YamlEngineException e) {
      String warning =
          "the front matter of %s is not valid YAML and was passed over (%s); mend it to have its title and fields"
              .formatted(source, Unreadable.reason(e));
      return new FrontMatter(Map.of(), body, List.of(warning));
    }
  }

  private static void flatten(String prefix, Map<?, ?> map, Map<String, String> into) {
    map.forEach((key, value) -> {
      if (value instanceof Map<?, ?> inner) {
        flatten(prefix + key + ".", inner, into);
      } else if (!scalar(value).isBlank()) {
        into.put(prefix + key, scalar(value).strip());
      }
    });
  }

  private static String scalar(@Nullable Object value) {
    return switch (value) {
      case null -> "";
      case Collection<?> list ->
          list.stream().map(FrontMatter::scalar).collect(Collectors.joining(", "));
      default -> value.toString();
    };
  }
}
