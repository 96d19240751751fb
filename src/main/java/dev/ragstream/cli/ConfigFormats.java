package dev.ragstream.cli;

import dev.ragstream.config.Origin;
import dev.ragstream.config.Settings.Given;
import dev.ragstream.render.JsonText;
import dev.ragstream.render.Style;
import dev.ragstream.render.TerminalText;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The formats of {@code ragstream config}. */
final class ConfigFormats {

  /** A longer value moves its own origin to the right, not those of all. */
  private static final int WIDEST_VALUE = 32;

  private ConfigFormats() {}

  /** For people: a line for each setting, what is not the default in bold. */
  static String text(Map<String, Given> settings, Style style) {
    int names = settings.keySet().stream().mapToInt(String::length).max().orElse(0);
    int values =
        settings.values().stream()
            .mapToInt(given -> shown(given).length())
            .filter(length -> length <= WIDEST_VALUE)
            .max()
            .orElse(0);
    StringBuilder text = new StringBuilder();
    settings.forEach((name, given) -> {
      boolean standard = given.origin() instanceof Origin.Standard;
      String value = shown(given);
      text.append(name)
          .repeat(" ", names - name.length() + 2)
          .append(standard ? style.dim(value) : style.bold(value))
          .repeat(" ", Math.max(0, values - value.length()) + 2)
          .append(standard ? style.dim("default") : style.cyan(origin(given)))
          .append('\n');
    });
    return text.toString();
  }

  /** One object; {@code value} is null where a setting is not set. */
  static String json(List<String> files, Map<String, Given> settings) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    ArrayNode read = node.putArray("files");
    files.forEach(read::add);
    ArrayNode list = node.putArray("settings");
    settings.forEach((name, given) ->
        list.addObject()
            .put("name", name)
            .put("value", given.value().isEmpty() ? null : given.value())
            .put("origin", given.origin().toString()));
    return JsonText.pretty(node);
  }

  private static String shown(Given given) {
    return given.value().isEmpty() ? "not set" : TerminalText.oneLine(given.value());
  }

  private static String origin(Given given) {
    return TerminalText.oneLine(given.origin().toString());
  }
}
