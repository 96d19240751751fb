package dev.ragstream.cli;

import dev.ragstream.render.FailureText;
import dev.ragstream.render.Style;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The program's entry: gathers what the process offers, runs the command, exits with its code. */
public final class Main {

  /**
   * What the start script found out about the streams: any of {@code i}, {@code o}, {@code e} is a
   * terminal.
   */
  private static final String TERMINALS = "ragstream.terminals";

  /**
   * Ways to say who asks that Java keeps from a proxy on the way to an https address; as it is,
   * name and password, which most proxies want.
   */
  private static final String KEPT_FROM_PROXIES = "jdk.http.auth.tunneling.disabledSchemes";

  private static final String COLUMNS = "ragstream.columns";

  private Main() {}

  /** Runs one command. */
  public static void main(String[] args) {
    if (System.getProperty(KEPT_FROM_PROXIES) == null) {
      System.setProperty(KEPT_FROM_PROXIES, ""); // read once, when the first client is made
    }
    Thread main = Thread.currentThread();
    Interrupts interrupts = new Interrupts(main);
    interrupts.listen();
    Stdout stdout = new Stdout();
    Invocation invocation =
        new Invocation(
            new Console(
                System.in,
                stream(stdout),
                stream(new FileOutputStream(FileDescriptor.err)),
                terminals(),
                Integer.getInteger(COLUMNS, 0)),
            Map.copyOf(System.getenv()),
            Path.of("").toAbsolutePath(),
            () -> interrupts.code().isPresent());
    int code = CommandTree.run(invocation, args);
    invocation.console().out().flush();
    Optional<String> unwritten = stdout.failure();
    unwritten.ifPresent(why ->
        invocation
            .console()
            .err()
            .print(
                FailureText.error(
                    "cannot write to stdout: " + why,
                    "something of it is missing; make room, or send it elsewhere",
                    Style.PLAIN)));
    invocation.console().err().flush();
    end(interrupts.code().orElse(unwritten.isPresent() ? ExitCode.FAILED : code));
  }

  /** Returns where that is all that is left to do: to exit, the JDK first starts its logging. */
  private static void end(int code) {
    if (code != ExitCode.SUCCESS || !isLast()) {
      System.exit(code);
    }
  }

  /** Whether the process ends when this thread does. */
  private static boolean isLast() {
    Thread[] threads = new Thread[Thread.activeCount() + 1];
    int count = Thread.enumerate(threads);
    return count < threads.length
        && Arrays.stream(threads, 0, count)
            .allMatch(thread -> thread.isDaemon() || thread == Thread.currentThread());
  }

  private static PrintStream stream(OutputStream out) {
    return new PrintStream(out, false, StandardCharsets.UTF_8);
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
}
