package dev.ragstream.cli;

import dev.ragstream.core.Failure;
import dev.ragstream.server.Backend.Part;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Looks once, beside a server that runs already, whether it could answer, and tells what it lacks.
 */
final class StartCheck implements AutoCloseable {

  private final Thread thread;

  /**
   * Begins to look.
   *
   * @param parts takes its time; whatever it throws is told as well
   * @param warning is told of each part that is not there: the problem, and what to do about it
   */
  StartCheck(Supplier<List<Part>> parts, BiConsumer<String, String> warning) {
    this.thread = Thread.ofVirtual().name("start-check").start(() -> look(parts, warning));
  }

  private static void look(Supplier<List<Part>> parts, BiConsumer<String, String> warning) {
    try {
      for (Part part : parts.get()) {
        Failure failure = part.failure();
        if (failure != null && !Thread.currentThread().isInterrupted()) {
          warning.accept("not ready: " + failure.problem(), failure.remedy());
        }
      }
    } catch (RuntimeException e) {
      if (Thread.currentThread().isInterrupted()) {
        return; // the server stops
      }
      warning.accept(
          "whether it is ready is not known, since looking failed: " + e, "see 'ragstream doctor'");
    }
  }

  /** What it finds from now on is of no use to anybody. */
  @Override
  public void close() {
    thread.interrupt();
  }
}
