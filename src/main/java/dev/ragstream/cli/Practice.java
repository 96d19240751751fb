package dev.ragstream.cli;

import java.util.List;

/**
 * Runs the everyday commands one after the other, in a folder with an index, so that the JVM can
 * note down what they load and link. {@code libexec/ragstream-archive} makes the start-up archive
 * from that. Commands that load a server, a client of a cluster or parsers of documents stay out:
 * an archive's classes are loaded whether or not a command needs them.
 */
final class Practice {

  private static final String QUESTION = "Should I carry an umbrella?";

  private static final List<List<String>> COMMANDS =
      List.of(
          List.of("--version"),
          List.of("search", QUESTION),
          List.of("search", "--explain", "-k", "3", QUESTION),
          List.of("prompt", QUESTION),
          List.of("ask", QUESTION),
          List.of("ask", "--json", QUESTION),
          List.of("log"),
          List.of("status"),
          List.of("--help"));

  private Practice() {}

  /** Expects no arguments; the output is of no use. */
  public static void main(String[] args) {
    COMMANDS.forEach(command -> Main.main(command.toArray(String[]::new)));
  }
}
