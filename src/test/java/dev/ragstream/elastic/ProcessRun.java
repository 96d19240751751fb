package dev.ragstream.elastic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** What a process that ran to its end has left: its exit code and what it printed. */
public record ProcessRun(int exitCode, String out, String err) {

  public static ProcessRun of(ProcessBuilder builder) {
    try {
      Process process = builder.start();
      process.outputWriter().close();
      CompletableFuture<String> err =
          CompletableFuture.supplyAsync(
              () -> text(process.errorReader()), Thread::startVirtualThread);
      String out = text(process.inputReader());
      return new ProcessRun(process.waitFor(), out, err.join());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + builder.command() + " ran", e);
    }
  }

  /** The same, for a process that must succeed. */
  public static ProcessRun successful(ProcessBuilder builder) {
    ProcessRun run = of(builder);
    if (run.exitCode != 0) {
      throw new IllegalStateException(
          builder.command() + " ended with " + run.exitCode + ":\n" + run.err + run.out);
    }
    return run;
  }

  private static String text(BufferedReader reader) {
    return reader.lines().map(line -> line + "\n").collect(Collectors.joining());
  }
}
