package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.Question;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One question on its way to the end of its answer, on a thread of its own. However it ends, its
 * log ends with exactly one ending.
 */
final class Run {

  private final String id = UUID.randomUUID().toString().replace("-", "");
  private final Instant started;
  private final Request request;
  private final InstantSource clock;
  private final EventLog log;
  private @Nullable Thread thread;
  private final AtomicBoolean read = new AtomicBoolean();
  private boolean cancelled;
  private volatile @Nullable Ending ending;
  private volatile @Nullable Instant ended;

  Run(Request request, EventLog.Limits limits, InstantSource clock) {
    this.request = request;
    this.clock = clock;
    this.started = clock.instant();
    this.log = new EventLog(limits, this::deserted);
  }

  /**
   * What is asked of whom.
   *
   * @param organisation the id of the one that asks; null where none is named
   * @param stays whether it goes on when its last reader has left
   * @param rehearsal the trouble that it has on the wire
   */
  record Request(
      Question question,
      Backend.Measured measured,
      @Nullable String organisation,
      boolean stays,
      Rehearsal rehearsal) {}

  String id() {
    return id;
  }

  Question question() {
    return request.question();
  }

  String model() {
    return request.measured().model();
  }

  Instant started() {
    return started;
  }

  @Nullable String organisation() {
    return request.organisation();
  }

  /** The trouble of whoever reads it first over HTTP; who reads on after that has none. */
  Rehearsal rehearsal() {
    return read.getAndSet(true) ? Rehearsal.NONE : request.rehearsal();
  }

  /**
   * A reader of all events after the one with this number.
   *
   * @throws RefusedException where the next event is no longer kept
   */
  LogReader read(long after, Runnable whenDropped) {
    LogReader reader = log.reader(after, whenDropped);
    if (reader == null) {
      throw new Refusal(
              410, "the events after " + after + " are no longer kept", "ask the question again")
          .exception();
    }
    return reader;
  }

  EventLog log() {
    return log;
  }

  /** Null as long as it runs. */
  @Nullable Ending ending() {
    return ending;
  }

  /** Null likewise. */
  @Nullable Instant ended() {
    return ended;
  }

  /** Answers on the calling thread; once. */
  void answer(Consumer<AnswerEvent> listener) {
    synchronized (this) {
      thread = Thread.currentThread();
      if (cancelled) {
        thread.interrupt();
      }
    }
    Ending reached =
        request
            .measured()
            .answer(
                request.question(),
                event -> {
                  append(event);
                  listener.accept(event);
                });
    synchronized (this) {
      thread = null;
      Thread.interrupted(); // came too late
    }
    if (!log.ended()) {
      log.end(reached);
      listener.accept(reached);
    }
    ended = clock.instant();
    ending = reached;
    request.measured().close();
  }

  /** Stops it, and the model's server with it; the ending follows. */
  synchronized void cancel() {
    cancelled = true;
    if (thread != null) {
      thread.interrupt();
    }
  }

  private void deserted() {
    if (!request.stays()) {
      cancel();
    }
  }

  private void append(AnswerEvent event) {
    try {
      log.append(event);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("cancelled while its readers were waited for", e);
    }
  }
}
