package dev.ragstream.config;

import dev.ragstream.core.Nearest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Settings from variables such as {@code RAGSTREAM_RETRIEVAL_TOP_K}. */
final class EnvironmentLayer {

  static final String PREFIX = "RAGSTREAM_";

  /** What the start scripts read; no settings. */
  private static final Set<String> OF_THE_SCRIPTS =
      Set.of("RAGSTREAM_DATA", "RAGSTREAM_HOME", "RAGSTREAM_JAVA_HOME", "RAGSTREAM_JAVA_OPTS");

  private EnvironmentLayer() {}

  /**
   * The settings in the environment, by name. Underscores within a key do not count, and a variable
   * that is set to nothing is as good as not set.
   */
  static List<Assignment> read(Map<String, String> environment, Path folder, Problems problems) {
    Map<String, SettingKey> keys = new HashMap<>();
    SettingTable.KEYS.forEach(key -> keys.put(plain(key.variable()), key));
    Map<SettingKey, String> seen = new HashMap<>();
    List<Assignment> assignments = new ArrayList<>();
    new TreeMap<>(environment)
        .forEach((variable, value) -> {
          if (!variable.startsWith(PREFIX)
              || OF_THE_SCRIPTS.contains(variable)
              || value.isBlank()) {
            return;
          }
          SettingKey key = keys.get(plain(variable));
          if (key == null) {
            problems.add(variable, "no setting has this name", hint(variable));
            return;
          }
          String other = seen.putIfAbsent(key, variable);
          if (other != null) {
            problems.add(variable, "sets the same as " + other, "keep one of them");
            return;
          }
          assignments.add(
              new Assignment(key, new Written.Text(value), new Origin.Variable(variable), folder));
        });
    return assignments;
  }

  private static String hint(String variable) {
    int start = PREFIX.length();
    List<String> known =
        SettingTable.KEYS.stream().map(key -> key.variable().substring(start)).toList();
    return Nearest.to(variable.substring(start), known)
        .map(near -> "did you mean %s%s?".formatted(PREFIX, near))
        .orElse("variables are named like RAGSTREAM_RETRIEVAL_TOP_K: section, then key");
  }

  private static String plain(String variable) {
    return variable.replace("_", "").toUpperCase(Locale.ROOT);
  }
}
