package dev.ragstream.config;

import java.util.Locale;

/**
 * One row of the table.
 *
 * @param name dotted: {@code retrieval.topK}
 */
record SettingKey(String name, ValueType type, Key key) {

  /** The name within its group: {@code topK}. */
  String leaf() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The name of its group: {@code retrieval}. */
  String group() {
    return name.substring(0, name.lastIndexOf('.'));
  }

  /** The environment variable that sets it: {@code RAGSTREAM_RETRIEVAL_TOP_K}. */
  String variable() {
    String words = name.replace('.', '_').replaceAll("([a-z])([A-Z])", "$1_$2");
    return EnvironmentLayer.PREFIX + words.toUpperCase(Locale.ROOT);
  }

  /** Whether it may be left without a value. */
  boolean optional() {
    return key.standard().isEmpty();
  }

  /** What it does and, where that is not plain from its default, what it accepts. */
  String explanation() {
    return type.limited()
        ? key.value().replaceFirst("\\.$", " (%s).".formatted(type.accepts()))
        : key.value();
  }
}
