package dev.ragstream.cli;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.render.FailureText;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;

/** All commands, and the one place where exceptions become words and exit codes. */
final class CommandTree {

  /** In the order in which the help lists them. */
  private static final SequencedMap<String, Function<RootCommand, Object>> COMMANDS = commands();

  private CommandTree() {}

  static int run(Invocation invocation, String... args) {
    if (args.length == 1 && args[0].equals("--version")) {
      invocation.console().out().println(Version.line());
      return ExitCode.SUCCESS;
    }
    RootCommand root = new RootCommand(invocation);
    tameLibraries(root.cacheFolder());
    String[] words = withHelpLast(args);
    return commandLine(root, needed(words)).execute(words);
  }

  /** With all commands. */
  static CommandLine commandLine(RootCommand root) {
    return commandLine(root, COMMANDS.keySet());
  }

  /** {@code help ask} is {@code ask --help}; what is no command stays alone, and is told of. */
  private static String[] withHelpLast(String... args) {
    if (args.length == 0 || !args[0].equals("help")) {
      return args;
    }
    List<String> words = new ArrayList<>(List.of(args).subList(1, args.length));
    if (words.isEmpty() || COMMANDS.containsKey(words.getFirst())) {
      words.add("--help");
    }
    return words.toArray(String[]::new);
  }

  /**
   * The commands that matter to these arguments. To read the annotations of them all takes longer
   * than the rest of a short command.
   */
  private static Set<String> needed(String... args) {
    return args.length > 0 && COMMANDS.containsKey(args[0]) ? Set.of(args[0]) : COMMANDS.keySet();
  }

  private static CommandLine commandLine(RootCommand root, Set<String> names) {
    Console console = root.invocation().console();
    CommandLine line = new CommandLine(root);
    COMMANDS.forEach((name, command) -> {
      if (names.contains(name)) {
        line.addSubcommand(command.apply(root));
      }
    });
    line.setOut(new PrintWriter(console.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(console.err(), true, StandardCharsets.UTF_8))
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF))
        .setUsageHelpWidth(Math.clamp(console.columns(), 60, 100))
        .setExecutionExceptionHandler((e, _, _) -> failed(e, root));
    line.setParameterExceptionHandler((e, _) -> {
      console.err().print(FailureText.of(Misuse.of(e), root.errorStyle()));
      return ExitCode.USAGE;
    });
    return line;
  }

  /** No references to constructors: those would have the JVM link all of the classes. */
  private static SequencedMap<String, Function<RootCommand, Object>> commands() {
    SequencedMap<String, Function<RootCommand, Object>> commands = new LinkedHashMap<>();
    commands.put("init", root -> new InitCommand(root));
    commands.put("index", root -> new IndexCommand(root));
    commands.put("status", root -> new StatusCommand(root));
    commands.put("search", root -> new SearchCommand(root));
    commands.put("prompt", root -> new PromptCommand(root));
    commands.put("ask", root -> new AskCommand(root));
    commands.put("chat", root -> new ChatCommand(root));
    commands.put("log", CommandTree::log);
    commands.put("models", root -> new ModelsCommand(root));
    commands.put("serve", root -> new ServeCommand(root));
    commands.put("doctor", root -> new DoctorCommand(root));
    commands.put("config", root -> new ConfigCommand(root));
    commands.put("completion", root -> new CompletionCommand(root));
    commands.put("parity", root -> new ParityCommand(root));
    return Collections.unmodifiableSequencedMap(commands);
  }

  private static CommandLine log(RootCommand root) {
    return new CommandLine(new LogCommand(root))
        .addSubcommand(new LogShowCommand(root))
        .addSubcommand(new LogRerunCommand(root))
        .addSubcommand(new LogDiffCommand(root))
        .addSubcommand(new LogChatsCommand(root))
        .addSubcommand(new LogPruneCommand(root));
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

  /** No library logs, opens a window or writes to the home folder. */
  private static void tameLibraries(Path cacheFolder) {
    SilentLogs.inThisProcess();
    System.setProperty("java.awt.headless", "true");
    System.setProperty("pdfbox.fontcache", cacheFolder.toString());
  }
}
