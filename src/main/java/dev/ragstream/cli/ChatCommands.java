package dev.ragstream.cli;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Nearest;
import dev.ragstream.render.Style;
import dev.ragstream.render.TerminalText;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What can be typed into a chat beside questions. */
final class ChatCommands {

  /** A path such as /etc/hosts begins a question, not a command. */
  private static final Pattern COMMAND = Pattern.compile("/([\\w-]*)(?:\\s+(.*))?", Pattern.DOTALL);

  private static final String KEYS =
      """
      Ctrl-C stops an answer, Ctrl-R searches what was typed, Alt-Enter or a \\ at the
      end of a line begins another one, Tab completes, Ctrl-D leaves.\
      """;

  private final PrintStream out;
  private final IntSupplier columns;
  private final List<Command> commands = new ArrayList<>();

  /**
   * One command.
   *
   * @param name without its slash
   * @param arguments for people; empty where it takes none
   */
  record Command(String name, String arguments, String help, Consumer<String> action) {}

  /**
   * @param out where commands print
   * @param columns the width by now
   */
  ChatCommands(ChatRoom room, PrintStream out, IntSupplier columns) {
    this.out = out;
    this.columns = columns;
    commands.addAll(new ChatLooks(room, out, columns).commands());
    commands.addAll(new ChatChanges(room, out).commands());
    commands.add(new Command("help", "", "these commands", _ -> help()));
    commands.add(new Command("quit", "", "leave, as Ctrl-D does", _ -> room.end()));
  }

  List<Command> all() {
    return commands;
  }

  static boolean isCommand(String line) {
    return COMMAND.matcher(line).matches();
  }

  /**
   * Carries a command out.
   *
   * @throws FailureException where it fails, or is none
   */
  void run(String line) {
    Matcher parts = COMMAND.matcher(line.strip());
    if (!parts.matches()) {
      throw new IllegalArgumentException(line);
    }
    String name = parts.group(1);
    String argument = Optional.ofNullable(parts.group(2)).orElse("").strip();
    Command command =
        commands.stream()
            .filter(known -> known.name().equals(name.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> unknown(name));
    if (command.arguments().isEmpty() && !argument.isEmpty()) {
      throw new FailureException(
          Failure.Kind.USAGE,
          "/" + command.name() + " takes nothing after it",
          "a question does not begin with /: leave it out");
    }
    command.action().accept(argument);
    out.flush();
  }

  private FailureException unknown(String name) {
    List<String> names = commands.stream().map(Command::name).toList();
    return new FailureException(
        Failure.Kind.USAGE,
        "there is no command /" + TerminalText.oneLine(name),
        Nearest.to(name, names)
            .map(near -> "did you mean /" + near + "?")
            .orElse("/help lists the commands"));
  }

  private void help() {
    Style style = Style.PLAIN.within(columns.getAsInt());
    for (Command command : commands) {
      String call = "/" + command.name() + " " + command.arguments();
      String line = String.format(Locale.ROOT, "  %-24s %s", call, command.help());
      out.println(style.wrapped(line, " ".repeat(27)));
    }
    out.println();
    out.println(style.wrapped(KEYS, "  "));
  }
}
