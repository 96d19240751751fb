package dev.ragstream.cli;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.render.FailureText;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;

/** All commands, and the one place where exceptions become words and exit codes. */
final class CommandTree {

  private CommandTree() {}

  static int run(Invocation invocation, String... args) {
    RootCommand root = new RootCommand(invocation);
    tameLibraries(root.cacheFolder());
    return commandLine(root).execute(args);
  }

  static CommandLine commandLine(RootCommand root) {
    Console console = root.invocation().console();
    CommandLine line =
        new CommandLine(root)
            .addSubcommand(new InitCommand(root))
            .addSubcommand(new IndexCommand(root))
            .addSubcommand(new StatusCommand(root))
            .addSubcommand(new SearchCommand(root))
            .addSubcommand(new PromptCommand(root))
            .addSubcommand(new AskCommand(root))
            .setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
            .setUsageHelpWidth(Math.clamp(console.columns(), 60, 100))
            .setExecutionExceptionHandler((e, _, _) -> failed(e, root));
    line.setParameterExceptionHandler((e, _) -> {
      console.err().print(FailureText.of(usage(e), root.errorStyle()));
      return ExitCode.USAGE;
    });
    return line;
  }

  private static int failed(Exception e, RootCommand root) {
    Console console = root.invocation().console();
    console.out().flush();
    Failure failure =
        switch (e) {
          case FailureException known -> known.failure();
          default ->
              new Failure(
                  Failure.Kind.INTERNAL,
                  "ragstream itself failed: " + e,
                  root.verbose() ? "please report it" : "run it again with -v and report it");
        };
    console.err().print(FailureText.of(failure, root.errorStyle()));
    if (root.verbose()) {
      console.err().print(FailureText.trace(e));
    }
    return ExitCode.of(failure);
  }

  private static Failure usage(CommandLine.ParameterException e) {
    CommandLine command = e.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    StringBuilder suggestion = new StringBuilder();
    if (e instanceof CommandLine.UnmatchedArgumentException unmatched) {
      List<String> near = unmatched.getSuggestions();
      if (!near.isEmpty()) {
        suggestion.append("did you mean '").append(near.getFirst()).append("'? ");
      } else if (!unmatched.isUnknownOption()) {
        suggestion.append("a question of several words stands in quotes; ");
      }
    }
    return new Failure(
        Failure.Kind.USAGE,
        String.valueOf(e.getMessage()).replaceFirst("^Error: ", ""),
        suggestion + "see '" + name + " --help'");
  }

  /** What libraries log helps no user; and none opens a window or writes to the home folder. */
  private static void tameLibraries(Path cacheFolder) {
    Logger.getLogger("").setLevel(Level.OFF);
    System.setProperty("java.awt.headless", "true");
    System.setProperty("pdfbox.fontcache", cacheFolder.toString());
  }
}
