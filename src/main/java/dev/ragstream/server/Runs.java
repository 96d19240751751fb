package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** All runs: those that go on, and those that ended a short while ago and can still be read. */
final class Runs implements AutoCloseable {

  /** How long a run can be read after its end. */
  static final Duration KEPT = Duration.ofMinutes(5);

  private static final int MOST_KEPT = 1000;
  private static final long MOST_KEPT_BYTES = 64 << 20;

  private final IntSupplier most;
  private final EventLog.Limits limits;
  private final InstantSource clock;
  private final Consumer<Ending> whenEnded;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Map<String, Run> running = new LinkedHashMap<>();
  private final Map<String, Run> ended = new LinkedHashMap<>();
  private long endedBytes;
  private boolean closed;

  /**
   * @param most how many may run at the same time
   * @param whenEnded is told how each run ended
   */
  Runs(IntSupplier most, EventLog.Limits limits, InstantSource clock, Consumer<Ending> whenEnded) {
    this.whenEnded = whenEnded;
    this.most = most;
    this.limits = limits;
    this.clock = clock;
  }

  /**
   * Takes in a run; {@link #start} starts it, so that a reader can be there from its first event.
   *
   * @throws RefusedException where there are too many, or the server is stopping
   */
  Run admit(Run.Request request) {
    Run run = new Run(request, limits, clock);
    lock.lock();
    try {
      if (closed) {
        throw new Refusal(503, "the server is stopping", "ask again when it is back").exception();
      }
      if (running.size() >= most.getAsInt()) {
        throw new Refusal(
                429,
                new Failure(
                    Failure.Kind.USAGE,
                    running.size() + " questions are being answered, and no more at a time",
                    "ask again in a second, or raise serve.limits.runs"),
                Duration.ofSeconds(1))
            .exception();
      }
      running.put(run.id(), run);
      forgetOld();
    } finally {
      lock.unlock();
    }
    return run;
  }

  /**
   * Lets a run go.
   *
   * @param listener is told every event on the run's thread
   */
  void start(Run run, Consumer<AnswerEvent> listener) {
    Thread.ofVirtual()
        .name("run-" + run.id())
        .start(() -> {
          try {
            run.answer(listener);
          } finally {
            finish(run);
          }
        });
  }

  Optional<Run> find(String id) {
    lock.lock();
    try {
      forgetOld();
      return Optional.ofNullable(running.get(id)).or(() -> Optional.ofNullable(ended.get(id)));
    } finally {
      lock.unlock();
    }
  }

  /** All that can be read, oldest first. */
  List<Run> all() {
    lock.lock();
    try {
      forgetOld();
      List<Run> all = new ArrayList<>(ended.values());
      all.addAll(running.values());
      return all;
    } finally {
      lock.unlock();
    }
  }

  int running() {
    lock.lock();
    try {
      return running.size();
    } finally {
      lock.unlock();
    }
  }

  /** Cancels all runs and takes in no more; waits a moment for their endings. */
  @Override
  public void close() {
    List<Run> left;
    lock.lock();
    try {
      closed = true;
      left = List.copyOf(running.values());
    } finally {
      lock.unlock();
    }
    left.forEach(Run::cancel);
    lock.lock();
    try {
      long nanos = TimeUnit.SECONDS.toNanos(1);
      while (!running.isEmpty() && nanos > 0) {
        nanos = idle.awaitNanos(nanos);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }

  private void finish(Run run) {
    Ending ending = run.ending();
    if (ending != null) {
      whenEnded.accept(ending);
    }
    lock.lock();
    try {
      running.remove(run.id());
      ended.put(run.id(), run);
      endedBytes += run.log().kept();
      forgetOld();
      idle.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void forgetOld() {
    Iterator<Run> oldest = ended.values().iterator();
    while (oldest.hasNext()) {
      Run run = oldest.next();
      boolean tooMuch = ended.size() > MOST_KEPT || endedBytes > MOST_KEPT_BYTES;
      if (!tooMuch && !isOld(run)) {
        return;
      }
      oldest.remove();
      endedBytes -= run.log().kept();
    }
  }

  private boolean isOld(Run run) {
    var end = run.ended();
    return end != null && end.plus(KEPT).isBefore(clock.instant());
  }
}
