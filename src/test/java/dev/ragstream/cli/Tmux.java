package dev.ragstream.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A real terminal of 100 columns and 40 rows: a shell in a tmux session of its own, with {@code
 * ragstream} on its path.
 */
final class Tmux implements AutoCloseable {

  /** The prompt of the shell. */
  static final String SHELL = "$";

  private static final Duration PATIENCE =
      Duration.ofSeconds(Integer.getInteger("ragstream.patience", 120));

  private static final Pattern FENCE = Pattern.compile("<passage 1 (\\w{8})>");

  private final Path folder;
  private final Path socket;

  /**
   * Starts a shell in a folder.
   *
   * @param environment for all that runs in it
   */
  Tmux(Path folder, Map<String, String> environment) throws IOException {
    this.folder = folder;
    this.socket = Files.createTempDirectory("tmux").resolve("s");
    Path programs = Files.createDirectories(folder.resolve("bin"));
    writeProgram(programs.resolve("ragstream"));
    List<String> command =
        new ArrayList<>(List.of("new-session", "-d", "-x", "100", "-y", "40", "-c", "" + folder));
    // A command of several words needs no login shell, which would set the path anew.
    command.addAll(
        List.of(
            "env",
            "PATH=" + programs + ":" + System.getenv("PATH"),
            "PS1=$ ",
            "XDG_CONFIG_HOME=" + folder.resolve("no-config"),
            "XDG_CACHE_HOME=" + Path.of("target", "test-cache").toAbsolutePath()));
    environment.forEach((name, value) -> command.add(name + "=" + value));
    command.add("sh");
    tmux(command.toArray(String[]::new));
    tmux("set-option", "-g", "history-limit", "5000");
    await("a shell", screen -> screen.equals(SHELL));
  }

  /** What the start script does, for the classes under test. */
  private static void writeProgram(Path file) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(
        file,
        """
        #!/bin/sh
        t=
        [ -t 0 ] && t=${t}i
        [ -t 1 ] && t=${t}o
        [ -t 2 ] && t=${t}e
        exec '%s' --enable-native-access=ALL-UNNAMED -XX:TieredStopAtLevel=1 \\
          -Dragstream.terminals="$t" -Dragstream.columns=100 -cp '%s' %s "$@"
        """
            .formatted(java, System.getProperty("java.class.path"), Main.class.getName()));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** Runs a command of the shell to its end. */
  Tmux run(String command) {
    return then(SHELL, () -> type(command).press("Enter"));
  }

  /** Does something, and waits until the shell, or what runs in it, asks for more. */
  Tmux then(String prompt, Runnable action) {
    long before = prompts(prompt, screen());
    action.run();
    return await(
        "another '" + prompt + "'",
        screen -> prompts(prompt, screen) > before && ("\n" + screen).endsWith("\n" + prompt));
  }

  private static long prompts(String prompt, String screen) {
    return screen.lines().filter(line -> line.startsWith(prompt)).count();
  }

  /** Types a line and Enter. */
  Tmux enter(String line) {
    return type(line).press("Enter");
  }

  /** Types, character for character. */
  Tmux type(String text) {
    tmux("send-keys", "-l", text);
    return this;
  }

  /** Presses keys, as tmux calls them: {@code C-c}, {@code M-Enter}, {@code Tab}. */
  Tmux press(String... keys) {
    for (String key : keys) {
      tmux("send-keys", key);
    }
    return this;
  }

  /** Pastes, as a terminal does that tells programs so. */
  Tmux paste(String text) {
    tmux("set-buffer", text);
    tmux("paste-buffer", "-p");
    return this;
  }

  /** Waits until this can be read. */
  Tmux await(String text) {
    return await("'" + text + "'", screen -> screen.contains(text));
  }

  private Tmux await(String what, Predicate<String> wanted) {
    Instant deadline = Instant.now().plus(PATIENCE);
    String screen = screen();
    while (!wanted.test(screen)) {
      if (Instant.now().isAfter(deadline)) {
        throw new AssertionError("there never was " + what + ":\n" + screen);
      }
      pause();
      screen = screen();
    }
    return this;
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All that was shown since the beginning and is still there, as plain text. */
  String screen() {
    return tmux("capture-pane", "-p", "-S", "-").stripTrailing();
  }

  /** The same with its colours and weights, as escape sequences. */
  String colours() {
    return tmux("capture-pane", "-p", "-e", "-S", "-").stripTrailing();
  }

  /** {@link #screen} without what differs from run to run. */
  String recording() {
    String screen = screen().replace(folder.toString(), "FOLDER");
    Matcher fence = FENCE.matcher(screen);
    if (fence.find()) {
      screen = screen.replace(fence.group(1), "FENCE");
    }
    return screen
        .replaceAll("replay:/\\S*…", "replay:FOLDER…")
        .replaceAll("\\b\\d+ ms\\b|\\b\\d+\\.\\d s\\b", "TIME")
        .replaceAll("\\b\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\b", "DATE-AND-TIME")
        .replaceAll("\\b1[0-9a-hjkmnp-tv-z]{6}\\b", "RUN-ID")
        .replaceAll("\\bchat [0-9a-f]{8}\\b", "chat CHAT-ID")
        .replaceAll("TIME {2,}", "TIME  ")
        .replaceAll("total +question", "total  question")
        .replaceAll("(?m) +$", "")
        // Whether a prompt was drawn again before the next line was typed depends on the machine.
        .replaceAll("(?m)^>\n(?=>)", "");
  }

  private String tmux(String... arguments) {
    List<String> command =
        new ArrayList<>(List.of("tmux", "-u", "-f", "/dev/null", "-S", "" + socket));
    command.addAll(List.of(arguments));
    try {
      ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("LC_ALL", "C.UTF-8");
      builder.environment().remove("TMUX");
      builder.environment().remove("NO_COLOR");
      Process process = builder.start();
      String said = process.inputReader(StandardCharsets.UTF_8).readAllAsString();
      if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new AssertionError(command + " failed: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    tmux("kill-server");
  }
}
