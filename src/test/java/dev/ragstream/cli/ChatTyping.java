package dev.ragstream.cli;

import dev.ragstream.waiting.Transcript;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.impl.LineDisciplineTerminal;
import picocli.CommandLine;

/** A chat at a terminal of JLine's own, in process. */
final class ChatTyping implements AutoCloseable {

  /** What JLine asks of a terminal when it begins to read a line: to mark what is pasted. */
  private static final String READS = "\u001b\\[\\?2004h";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Transcript shown = new Transcript();
  private final LineDisciplineTerminal terminal;
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();

  /**
   * @param arguments those after {@code ragstream chat}
   */
  ChatTyping(Path folder, Map<String, String> environment, String... arguments) throws IOException {
    terminal = new LineDisciplineTerminal("test", "xterm", shown, StandardCharsets.UTF_8);
    terminal.setSize(Size.of(100, 40));
    PrintStream screen = new PrintStream(terminal.output(), true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            InputStream.nullInputStream(),
            screen,
            screen,
            new Console.Terminals(true, true, true),
            100);
    RootCommand root = new RootCommand(new Invocation(console, environment, folder, () -> false));
    CommandLine line = CommandTree.commandLine(root);
    String[] all = new String[arguments.length + 1];
    all[0] = "chat";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    line.parseArgs(all);
    ChatCommand chat = Objects.requireNonNull(line.getSubcommands().get("chat")).getCommand();
    Thread.ofPlatform()
        .daemon()
        .start(() -> {
          try {
            ended.complete(ChatCommand.Screen.run(chat, terminal));
          } catch (RuntimeException | Error e) {
            ended.completeExceptionally(e);
          }
        });
    await("Ctrl-D leaves").awaitLine(1); // before, a terminal takes Ctrl-C in its own way
  }

  /** Types, keys as the bytes that a terminal sends for them. */
  ChatTyping type(String keys) throws IOException {
    terminal.processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  /** Types a line and Enter. */
  ChatTyping enter(String line) throws IOException {
    return type(line + "\r");
  }

  /** Waits until this was shown. */
  ChatTyping await(String text) {
    shown.await("'" + text + "'", PATIENCE, raw -> plain(raw).contains(text));
    return this;
  }

  /** Waits until the Nth line is read; what is typed before may be taken in another way. */
  ChatTyping awaitLine(int n) {
    shown.await("line " + n, PATIENCE, raw -> raw.split(READS, -1).length > n);
    return this;
  }

  /** What was sent to the terminal so far, colours left out. */
  String shown() {
    return plain(raw());
  }

  private static String plain(String raw) {
    return raw.replaceAll("\u001b\\[[0-9;]*m", "");
  }

  /** Everything that was sent. */
  String raw() {
    return shown.text();
  }

  /** Leaves with Ctrl-D. */
  int leave() throws Exception {
    type("\u0004");
    return ended.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
