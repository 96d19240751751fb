package dev.ragstream.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where settings are looked for.
 *
 * @param workingFolder absolute; {@code ragstream.yaml} is looked for from here upwards
 * @param environment all variables of the process
 * @param file the project's settings file where the user names one ({@code -c}), else null;
 *     relative to the working folder
 * @param profile the chosen profile, or null
 * @param flags in the order of the command line; the last one wins
 */
public record SettingsSources(
    Path workingFolder,
    Map<String, String> environment,
    @Nullable Path file,
    @Nullable String profile,
    List<FlagValue> flags) {

  public SettingsSources {
    if (!workingFolder.isAbsolute()) {
      throw new IllegalArgumentException("the working folder has to be absolute");
    }
    environment = Map.copyOf(environment);
    flags = List.copyOf(flags);
  }

  /** What a command without any option sees. */
  public SettingsSources(Path workingFolder, Map<String, String> environment) {
    this(workingFolder, environment, null, null, List.of());
  }

  /** Leaves the environment out: it holds secrets. */
  @Override
  public String toString() {
    return "SettingsSources[%s, %s, %s, %s]".formatted(workingFolder, file, profile, flags);
  }
}
