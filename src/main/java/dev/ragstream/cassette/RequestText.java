package dev.ragstream.cassette;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import dev.ragstream.core.Prompt;
import dev.ragstream.render.EventJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A request as text that can be compared, whatever its provider's form: each value stands in a line
 * that begins with its name, long texts line by line. The code of the prompt's delimiters, which
 * changes with any passage that was found, is left out.
 */
record RequestText(List<String> lines) {

  private static final int CONTEXT_LINES = 2;

  /** The lines at the head of a diff that name files. */
  private static final int FILE_LINES = 2;

  private static final int MOST_LINES = 60;

  private static final String FENCE = "FENCE";

  RequestText {
    lines = List.copyOf(lines);
  }

  /**
   * @param prompt that the body was made of
   */
  static RequestText of(JsonNode body, Prompt prompt) {
    List<String> lines = new ArrayList<>();
    add(lines, "", body, prompt.fence());
    return new RequestText(lines);
  }

  /** The body of a request as a tree; one that is not JSON is a text. */
  static JsonNode tree(@Nullable String body) {
    if (body == null) {
      return JsonNodeFactory.instance.nullNode();
    }
    try {
      return JsonMapper.shared().readTree(body);
    } catch (JacksonException _) {
      return JsonNodeFactory.instance.stringNode(body);
    }
  }

  /** What every provider's request is made of. */
  static RequestText of(Prompt prompt) {
    return of(EventJson.messages(prompt.messages()), prompt);
  }

  /** What became of it, in lines for people; none where they are equal. */
  List<String> differenceTo(RequestText now) {
    List<String> diff =
        UnifiedDiffUtils.generateUnifiedDiff(
            "recorded", "now", lines, DiffUtils.diff(lines, now.lines), CONTEXT_LINES);
    List<String> shown = new ArrayList<>(diff.stream().skip(FILE_LINES).limit(MOST_LINES).toList());
    int left = diff.size() - FILE_LINES - shown.size();
    if (left > 0) {
      shown.add("… and " + left + " more lines");
    }
    return shown;
  }

  private static void add(List<String> lines, String path, JsonNode value, String fence) {
    if (value.isObject()) {
      for (Map.Entry<String, JsonNode> field : value.properties()) {
        String name = path.isEmpty() ? field.getKey() : path + "." + field.getKey();
        add(lines, name, field.getValue(), fence);
      }
    } else if (value.isArray()) {
      int i = 0;
      for (JsonNode item : value) {
        add(lines, path + "[" + i++ + "]", item, fence);
      }
    } else {
      List<String> text = List.of(value.asString().replace(fence, FENCE).split("\n", -1));
      if (text.size() == 1) {
        lines.add(path + ": " + text.getFirst());
      } else {
        lines.add(path + ":");
        lines.addAll(text);
      }
    }
  }
}
