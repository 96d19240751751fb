package dev.ragstream.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Names with values of any kind; as text each stands in a line of its own. */
record FieldsType() implements ValueType {

  @Override
  public String accepts() {
    return "names with values such as {top_k: 40}";
  }

  @Override
  public Object read(Written written, Setter setter) {
    Map<String, String> fields = new LinkedHashMap<>();
    entries(written)
        .forEach(
            (name, value) -> fields.put(name, Interpolation.apply(value, setter.environment())));
    return Collections.unmodifiableMap(fields);
  }

  private Map<String, String> entries(Written written) {
    return switch (written) {
      case Written.Text(var text) -> lines(text);
      case Written.Items _ ->
          throw new UnfitException("takes names with values, not a list", "use " + accepts());
      case Written.Entries(var entries) -> entries;
    };
  }

  private static Map<String, String> lines(String text) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String line : text.lines().filter(line -> !line.isBlank()).toList()) {
      int equals = line.indexOf('=');
      if (equals <= 0) {
        throw new UnfitException("holds a name without a value", "write each as NAME=VALUE");
      }
      entries.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip());
    }
    return entries;
  }

  @Override
  public Object unset() {
    return Map.of();
  }
}
