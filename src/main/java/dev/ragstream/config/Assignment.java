package dev.ragstream.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One setting set at one place.
 *
 * @param folder relative paths start here; absolute
 */
record Assignment(SettingKey key, Written written, Origin origin, Path folder) {

  /** Whether its value cannot be known without the environment. */
  boolean holdsVariable() {
    return Interpolation.isIn(written);
  }

  /**
   * The value.
   *
   * @throws UnfitException where the setting does not accept it
   */
  @Nullable Object read(Map<String, String> environment) {
    if (written instanceof Written.Text(String text) && text.isBlank()) {
      if (key.optional()) {
        return key.type().unset();
      }
      throw new UnfitException("has no value", "use " + key.type().accepts());
    }
    return key.type().read(written, new Setter(key, origin, folder, environment));
  }
}
