package dev.ragstream.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * Who sets a value, for the types that need to know.
 *
 * @param folder relative paths start here; absolute
 */
record Setter(SettingKey key, Origin origin, Path folder, Map<String, String> environment) {

  /** Leaves the environment out: it holds secrets. */
  @Override
  public String toString() {
    return "%s in %s".formatted(key.name(), origin);
  }
}
