package dev.ragstream.config;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Nearest;
import java.util.List;
import java.util.stream.Stream;

/** The names of the settings, for who types them. */
public final class SettingNames {

  private SettingNames() {}

  /** All of them, dotted, in the order of the table. */
  public static List<String> all() {
    return SettingTable.KEYS.stream().map(SettingKey::name).toList();
  }

  /**
   * The dotted name that somebody means who leaves the section out: {@code topK}.
   *
   * @throws FailureException of kind {@code USAGE} where that is no setting, or several
   */
  public static String resolve(String typed) {
    List<String> meant =
        SettingTable.KEYS.stream()
            .filter(key -> key.name().equalsIgnoreCase(typed) || key.leaf().equalsIgnoreCase(typed))
            .map(SettingKey::name)
            .toList();
    if (meant.size() == 1) {
      return meant.getFirst();
    }
    throw new FailureException(
        Failure.Kind.USAGE,
        meant.isEmpty() ? "no setting is called " + typed : "several settings are called " + typed,
        meant.isEmpty() ? hint(typed) : "name one: " + Phrase.list(meant, "or"));
  }

  private static String hint(String typed) {
    List<String> names =
        SettingTable.KEYS.stream().flatMap(key -> Stream.of(key.leaf(), key.name())).toList();
    return Nearest.to(typed, names)
        .map("did you mean %s?"::formatted)
        .orElseGet(() -> SettingTable.hint(typed));
  }

  /** What a setting does and what it accepts. */
  public static String explanation(String name) {
    return SettingTable.key(name).map(SettingKey::explanation).orElse("");
  }

  /** The words that a setting accepts, where they are few. */
  public static List<String> values(String name) {
    return SettingTable.key(name).stream()
        .flatMap(key -> key.type() instanceof ScalarType type ? type.words().stream() : Stream.of())
        .toList();
  }

  /** Whether its values must not be shown, nor kept anywhere. */
  public static boolean isSecret(String name) {
    return SettingTable.key(name).map(key -> key.type().secret()).orElse(false);
  }
}
