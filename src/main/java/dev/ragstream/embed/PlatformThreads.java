package dev.ragstream.embed;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;

/** A few threads for calls that hold on to theirs; made when there is something to do. */
final class PlatformThreads implements AutoCloseable {

  private final ExecutorService threads;

  PlatformThreads(String name, int most) {
    this.threads =
        Executors.newFixedThreadPool(
            most, Thread.ofPlatform().name(name + "-", 0).daemon().factory());
  }

  /**
   * Waits for a call's result, or until it is interrupted: then the call goes on without anybody
   * waiting for it if it has begun, else it is dropped.
   *
   * @throws FailureException what the call throws; of kind {@code INCOMPLETE} after an interrupt,
   *     whose flag stays set, and after {@link #close}
   */
  <T> T call(Supplier<T> call) {
    Future<T> result;
    try {
      result = threads.submit(call::get);
    } catch (RejectedExecutionException e) {
      throw left();
    }
    try {
      return result.get();
    } catch (InterruptedException e) {
      result.cancel(false);
      Thread.currentThread().interrupt();
      throw left();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Takes in no more; what was taken in goes on. */
  @Override
  public void close() {
    threads.shutdown();
  }

  private static FailureException left() {
    return new FailureException(
        Failure.Kind.INCOMPLETE, "the text was left before it was embedded", "ask again");
  }
}
