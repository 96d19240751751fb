package dev.ragstream.journal;

import dev.ragstream.core.FailureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/**
 * Writes into a journal on a thread of its own, all that waits in one go: no answer waits for the
 * disk, and a thousand of them at a time cost little more than one.
 */
public final class JournalWriter implements Executor, AutoCloseable {

  private final RunJournal journal;
  private final Duration pause;
  private final Consumer<String> notices;
  private final BlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  /** What was told last; of the thread alone. */
  private String told = "";

  /**
   * @param pause how long things wait for others at most; what is lost when the process is killed
   * @param notices is told what is not written down
   */
  public JournalWriter(RunJournal journal, Duration pause, Consumer<String> notices) {
    this.journal = journal;
    this.pause = pause;
    this.notices = notices;
    this.thread = Thread.ofPlatform().name("journal").daemon().start(this::work);
  }

  @Override
  public void execute(Runnable write) {
    waiting.add(write);
  }

  /** Writes what waits. */
  @Override
  public void close() {
    closed = true;
    execute(() -> {}); // wakes the thread
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void work() {
    while (!closed || !waiting.isEmpty()) {
      List<Runnable> writes = new ArrayList<>();
      try {
        writes.add(waiting.take());
        if (!closed) {
          Thread.sleep(pause);
        }
      } catch (InterruptedException e) {
        // it is closed: no more waiting
      }
      waiting.drainTo(writes);
      write(writes);
    }
  }

  private void write(List<Runnable> writes) {
    try {
      journal.together(() -> writes.forEach(Runnable::run));
      told = "";
    } catch (FailureException e) {
      tell("runs are not kept: %s; %s".formatted(e.failure().problem(), e.failure().remedy()));
    } catch (RuntimeException e) {
      tell("runs are not kept, which is ragstream's own fault: " + e);
    }
  }

  /** Once, until it works again. */
  private void tell(String notice) {
    if (!notice.equals(told)) {
      told = notice;
      notices.accept(notice);
    }
  }
}
