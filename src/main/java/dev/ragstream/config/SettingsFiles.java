package dev.ragstream.config;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the settings files. */
final class SettingsFiles {

  private static final String PROJECT_FILE = "ragstream.yaml";

  private SettingsFiles() {}

  /** The project's file: the one that was named, else the nearest one upwards. */
  static Optional<Path> project(SettingsSources sources) {
    Path working = sources.workingFolder();
    return sources.file() != null
        ? Optional.of(working.resolve(sources.file()).normalize())
        : Stream.iterate(working, folder -> folder != null, Path::getParent)
            .map(folder -> folder.resolve(PROJECT_FILE))
            .filter(SettingsFiles::present)
            .findFirst();
  }

  /**
   * The user's own file, as the <a
   * href="https://specifications.freedesktop.org/basedir/latest/">XDG base directories</a> have it.
   */
  static Optional<Path> user(SettingsSources sources) {
    return folder(sources, "XDG_CONFIG_HOME")
        .or(() -> folder(sources, "HOME").map(home -> home.resolve(".config")))
        .map(folder -> folder.resolve("ragstream").resolve("config.yaml"))
        .filter(SettingsFiles::present);
  }

  /** The file as people are shown it. */
  static String shown(Path file, SettingsSources sources) {
    Path working = sources.workingFolder();
    return (file.startsWith(working) ? working.relativize(file) : file).toString();
  }

  private static Optional<Path> folder(SettingsSources sources, String variable) {
    return Optional.ofNullable(sources.environment().get(variable))
        .map(Path::of)
        .filter(Path::isAbsolute);
  }

  /** A link that leads nowhere is present too: it is reported, not passed over. */
  private static boolean present(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }
}
