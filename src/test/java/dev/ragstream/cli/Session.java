package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A terminal session, written down: what is typed, and what must come of it.
 *
 * <pre>
 * # a comment
 * file docs/a.md          a file with the lines below that begin with |
 * | # Title
 * env NAME=VALUE          for all commands below
 * stdin some words        a line for the next command; may be repeated
 * $ ragstream ask "…"     a command, run in the session's folder
 * > a line of stdout      … stands for any text; a line that is only … for any lines
 * ! a line of stderr
 * = 1                     the exit code, where it is not 0
 * </pre>
 *
 * Output that a session does not mention is not compared, but for stderr of a command that fails.
 */
final class Session {

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private String input = "";

  Session(Path folder) {
    this.folder = folder;
    environment.put("XDG_CONFIG_HOME", folder.resolve("no-config").toString());
    environment.put("XDG_CACHE_HOME", Path.of("target", "test-cache").toAbsolutePath().toString());
  }

  /** What a command did. */
  record Outcome(int exitCode, String out, String err) {}

  /** The scripts in a folder of the class path. */
  static List<Path> scripts(String folder) {
    try (Stream<Path> files =
        Files.list(Path.of(Objects.requireNonNull(Session.class.getResource(folder)).toURI()))) {
      return files.sorted().toList();
    } catch (IOException | URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  void play(List<String> script) throws IOException {
    List<String> lines = new ArrayList<>(script);
    while (!lines.isEmpty()) {
      String line = lines.removeFirst();
      if (line.startsWith("file ")) {
        Path file = folder.resolve(line.substring("file ".length()));
        Files.createDirectories(file.getParent());
        Files.writeString(file, String.join("\n", taken(lines, "|")) + "\n");
      } else if (line.startsWith("delete ")) {
        Files.delete(folder.resolve(line.substring("delete ".length())));
      } else if (line.startsWith("env ")) {
        String[] pair = line.substring("env ".length()).split("=", 2);
        environment.put(pair[0], pair[1]);
      } else if (line.startsWith("stdin ")) {
        input += line.substring("stdin ".length()) + "\n";
      } else if (line.startsWith("$ ragstream")) {
        command(line, lines);
      } else if (!line.isBlank() && !line.startsWith("#")) {
        throw new IllegalArgumentException("not understood: " + line);
      }
    }
  }

  Outcome run(List<String> arguments, String stdin) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Console.Terminals.NONE,
            100);
    int code =
        CommandTree.run(
            new Invocation(console, environment, folder, () -> false),
            arguments.toArray(String[]::new));
    return new Outcome(
        code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  void environment(String name, String value) {
    environment.put(name, value);
  }

  /** What commands find in their environment. */
  Map<String, String> environment() {
    return Map.copyOf(environment);
  }

  private void command(String line, List<String> lines) {
    Outcome outcome = run(words(line.substring("$ ragstream".length())), input);
    input = "";
    List<String> out = taken(lines, ">");
    List<String> err = taken(lines, "!");
    List<String> code = taken(lines, "=");
    int expected = code.isEmpty() ? 0 : Integer.parseInt(code.getFirst());
    String told = line + "\n--- stdout\n" + outcome.out() + "--- stderr\n" + outcome.err();
    assertThat(outcome.exitCode()).as(told).isEqualTo(expected);
    if (!out.isEmpty()) {
      assertThat(outcome.out()).as(told).matches(pattern(out));
    }
    if (!err.isEmpty()) {
      assertThat(outcome.err()).as(told).matches(pattern(err));
    }
  }

  static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line);
    while (matcher.find()) {
      words.add(matcher.group(1) != null ? matcher.group(1) : matcher.group(2));
    }
    return words;
  }

  private static List<String> taken(List<String> lines, String mark) {
    List<String> taken = new ArrayList<>();
    while (!lines.isEmpty() && lines.getFirst().startsWith(mark)) {
      String line = lines.removeFirst().substring(mark.length());
      taken.add(line.startsWith(" ") ? line.substring(1) : line);
    }
    return taken;
  }

  private static Pattern pattern(List<String> lines) {
    String regex =
        lines.stream()
            .map(line -> line.equals("…") ? "(?:.*\\n)*?" : quoted(line) + "\\n")
            .collect(Collectors.joining());
    return Pattern.compile(regex);
  }

  private static String quoted(String line) {
    return Pattern.compile("…")
        .splitAsStream(line + "\0")
        .map(part -> Pattern.quote(part.replace("\0", "")))
        .collect(Collectors.joining(".*"));
  }
}
