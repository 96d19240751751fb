package dev.ragstream.cli;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program in a process of its own. */
final class MainProcess {

  private MainProcess() {}

  /** Starts it in a folder, where stderr goes to {@code stderr-COMMAND}. */
  static Process start(Path folder, Map<String, String> environment, String... arguments)
      throws IOException {
    return start(folder, List.of(), environment, arguments);
  }

  /** The same with further options of the JVM. */
  static Process start(
      Path folder, List<String> options, Map<String, String> environment, String... arguments)
      throws IOException {
    return builder(folder, options, environment, arguments)
        .redirectError(folder.resolve("stderr-" + arguments[0]).toFile())
        .start();
  }

  /** What starts it, where stderr is still a pipe. */
  static ProcessBuilder builder(
      Path folder, List<String> options, Map<String, String> environment, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Dragstream.terminals=",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder
        .environment()
        .put("XDG_CACHE_HOME", Path.of("target", "test-cache").toAbsolutePath().toString());
    return builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
  }
}
