package dev.ragstream.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jline.utils.Signals;

/** The program's entry: gathers what the process offers, runs the command, exits with its code. */
public final class Main {

  /**
   * What the start script found out about the streams: any of {@code i}, {@code o}, {@code e} is a
   * terminal.
   */
  private static final String TERMINALS = "ragstream.terminals";

  private static final String COLUMNS = "ragstream.columns";
  private static final int DEFAULT_COLUMNS = 80;

  private Main() {}

  /** Runs one command. */
  public static void main(String[] args) {
    Thread main = Thread.currentThread();
    Interrupts interrupts = new Interrupts(main, () -> Runtime.getRuntime().halt(130));
    Signals.register("INT", interrupts);
    Invocation invocation =
        new Invocation(
            new Console(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                terminals(),
                Integer.getInteger(COLUMNS, DEFAULT_COLUMNS)),
            Map.copyOf(System.getenv()),
            Path.of("").toAbsolutePath());
    int code = CommandTree.run(invocation, args);
    invocation.console().out().flush();
    invocation.console().err().flush();
    System.exit(interrupts.happened() ? ExitCode.INTERRUPTED : code);
  }

  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
  }

  private static Console.Terminals terminals() {
    String found = System.getProperty(TERMINALS);
    if (found == null) {
      boolean all =
          Optional.ofNullable(System.console()).map(java.io.Console::isTerminal).orElse(false);
      return new Console.Terminals(all, all, all);
    }
    return new Console.Terminals(found.contains("i"), found.contains("o"), found.contains("e"));
  }

  /** The first interrupt asks the command to end, the second one ends the process. */
  private static final class Interrupts implements Runnable {

    private final Thread main;
    private final Runnable halt;
    private volatile boolean happened;

    Interrupts(Thread main, Runnable halt) {
      this.main = main;
      this.halt = halt;
    }

    @Override
    public void run() {
      if (happened) {
        halt.run();
      }
      happened = true;
      main.interrupt();
    }

    boolean happened() {
      return happened;
    }
  }
}
