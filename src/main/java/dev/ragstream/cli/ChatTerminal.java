package dev.ragstream.cli;

import dev.ragstream.config.Settings;
import dev.ragstream.render.FoldedReasoning;
import dev.ragstream.render.ReasoningView;
import dev.ragstream.render.Style;
import java.io.PrintStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReader.Option;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.Terminal.SignalHandler;

/** A chat with somebody at a terminal. */
final class ChatTerminal {

  private final ChatRoom room;
  private final Terminal terminal;
  private final Stop stop;
  private final LineReader reader;
  private final ChatCommands commands;
  private final PrintStream out;
  private final Style style;

  ChatTerminal(ChatRoom room, Terminal terminal, Stop stop) {
    this.room = room;
    this.terminal = terminal;
    this.stop = stop;
    this.out = room.root().invocation().console().out();
    this.style = room.root().style();
    this.commands = new ChatCommands(room, out, columns(terminal));
    this.reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("ragstream")
            .parser(new ChatLineParser())
            .completer(new ChatCompleter(room, commands))
            .history(new ChatHistory())
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ")
            .option(Option.DISABLE_EVENT_EXPANSION, true)
            .build();
    // A terminal still in line mode, before the next line is read, makes a line feed of Enter.
    Objects.requireNonNull(reader.getKeyMaps().get(LineReader.MAIN))
        .bind(new Reference(LineReader.SELF_INSERT_UNMETA), KeyMap.alt(KeyMap.ctrl('J')));
    Settings settings = room.setup().settings();
    if (settings.journal().enabled()) {
      reader.setVariable(
          LineReader.HISTORY_FILE, room.setup().assembly().stateFolder().resolve("chat-history"));
    }
  }

  /** Shows answers at a terminal. */
  static ChatRoom.Views views(RootCommand root, AnswerOptions answer, Terminal terminal) {
    PrintStream out = root.invocation().console().out();
    Style style = root.style();
    IntSupplier columns = columns(terminal);
    boolean moves = !terminal.getType().startsWith(Terminal.TYPE_DUMB);
    return setup ->
        answer.atTerminal(
            root,
            setup.settings(),
            columns,
            moves
                ? new FoldedReasoning(out, style, columns, System::nanoTime)
                : ReasoningView.streamed(out, style));
  }

  private static IntSupplier columns(Terminal terminal) {
    return () -> Console.width(terminal.getColumns());
  }

  int run() {
    greet();
    SignalHandler before = terminal.handle(Signal.INT, _ -> stop.now());
    try {
      while (!room.isOver() && !isToldToEnd()) {
        read()
            .ifPresent(typed -> {
              room.attempt(() -> take(typed));
              out.println();
            });
      }
    } finally {
      terminal.handle(Signal.INT, before);
    }
    return ExitCode.SUCCESS;
  }

  private void greet() {
    Conversation conversation = room.conversation();
    String model = room.setup().settings().llm().model().toString();
    if (conversation.questions() > 0) {
      room.root()
          .notice(
              style.dim(
                  "chat "
                      + conversation.id()
                      + " goes on after "
                      + ChatChanges.count(conversation)));
    }
    room.root().notice(style.dim(model + " · /help lists the commands, Ctrl-D leaves"));
  }

  /** Whether the process was, as by a kill. */
  private boolean isToldToEnd() {
    return room.root().invocation().interrupted().getAsBoolean();
  }

  /** The next question or command; empty where the line was thrown away, or there is no more. */
  private Optional<String> read() {
    out.flush();
    try {
      String typed = ChatLineParser.joined(reader.readLine(style.cyan("> "))).strip();
      return typed.isEmpty() ? Optional.empty() : Optional.of(typed);
    } catch (UserInterruptException _) {
      // The reader leaves its thread interrupted, and would not read the next line.
      Thread.interrupted();
      return Optional.empty();
    } catch (EndOfFileException _) {
      room.end();
      return Optional.empty();
    }
  }

  private void take(String typed) {
    boolean echo = terminal.echo(false);
    stop.begin();
    try {
      if (ChatCommands.isCommand(typed)) {
        commands.run(typed);
      } else {
        room.ask(typed);
      }
    } finally {
      stop.end();
      terminal.echo(echo);
    }
  }
}
