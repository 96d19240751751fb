package dev.ragstream.config;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A user with a home, a project folder, an environment and a command line. */
final class SettingsFolder {

  final Path home;
  final Path project;
  private final Map<String, String> environment = new HashMap<>();
  private final List<FlagValue> flags = new ArrayList<>();
  private Path working;
  private @Nullable Path file;
  private @Nullable String profile;

  SettingsFolder(Path temporary) {
    home = temporary.resolve("home");
    project = temporary.resolve("project");
    working = project;
    environment.put("HOME", home.toString());
    folder(project);
  }

  SettingsFolder projectFile(String text) {
    return write(project.resolve("ragstream.yaml"), text);
  }

  SettingsFolder userFile(String text) {
    return write(home.resolve(".config/ragstream/config.yaml"), text);
  }

  SettingsFolder write(Path path, String text) {
    try {
      folder(path.getParent());
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SettingsFolder environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  SettingsFolder set(String assignment) {
    flags.add(FlagValue.set(assignment));
    return this;
  }

  SettingsFolder file(String name) {
    file = Path.of(name);
    return this;
  }

  SettingsFolder profile(String name) {
    profile = name;
    return this;
  }

  SettingsFolder workingIn(String subfolder) {
    working = project.resolve(subfolder);
    folder(working);
    return this;
  }

  Settings load() {
    return SettingsLoader.load(new SettingsSources(working, environment, file, profile, flags));
  }

  /** What is wrong, then what to do, as a user would read it. */
  String failure() {
    return told(catchThrowableOfType(FailureException.class, this::load));
  }

  static String told(FailureException thrown) {
    Failure failure = thrown.failure();
    return failure.kind() + "\n" + failure.problem() + "\n" + failure.remedy() + "\n";
  }

  private static void folder(@Nullable Path folder) {
    try {
      Files.createDirectories(Objects.requireNonNull(folder));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
