package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One reader's place in an {@link EventLog}. For one thread; only {@link #close} is for any. */
final class LogReader implements AutoCloseable {

  private final EventLog log;
  private final Runnable whenDropped;
  private Segment segment;
  private Segment.Contents contents;
  private long sequence;

  /** Up to here, events can be read without a look at the log. */
  private long known;

  private final long opened = System.nanoTime();

  /** Whether it was near the end once; for the writer alone. */
  private boolean near;

  private volatile long weightRead;
  private volatile boolean closed;

  /**
   * @param start a segment that holds the event after this one, or one before it
   */
  LogReader(EventLog log, Segment start, long after, Runnable whenDropped) {
    this.log = log;
    this.whenDropped = whenDropped;
    this.segment = start;
    this.contents = start.contents();
    this.sequence = start.first - 1;
    this.known = log.last();
    while (sequence < after) {
      step();
      contents.skip();
    }
    this.weightRead = segment.weightBefore;
  }

  /**
   * The next event; waits for it.
   *
   * @return null where none came in time, or none will come any more
   */
  @Nullable AnswerEvent next(Duration patience) throws InterruptedException {
    if (!waiting() && (closed || !log.refill(this, patience.toNanos()))) {
      return null;
    }
    step();
    return contents.next();
  }

  /** Whether the next event is there already. */
  boolean waiting() throws InterruptedException {
    return sequence < known || (!closed && log.refill(this, 0));
  }

  /** The number of the event that was read last. */
  long sequence() {
    return sequence;
  }

  /** Whether it was closed, by whomever. */
  boolean closed() {
    return closed;
  }

  /** Leaves; an event that is being waited for does not come. */
  @Override
  public void close() {
    if (!closed) {
      closed = true;
      log.remove(this);
    }
  }

  void drop() {
    close();
    whenDropped.run();
  }

  /** Takes notice that it is near the end; the log's lock is held. */
  void caughtUp() {
    near = true;
  }

  /** Whether it began far behind, a short while ago; the log's lock is held. */
  boolean isCatchingUp(Duration patience) {
    return !near && System.nanoTime() - opened < patience.toNanos();
  }

  boolean exhausted() {
    return sequence >= known;
  }

  /** What the events that were read weigh, rounded down to whole segments. */
  long weightRead() {
    return weightRead;
  }

  /** Takes notice of what was appended; the log's lock is held. */
  void advance(EventLog from) {
    known = from.last();
    contents = contents.in(segment);
    if (exhausted()) {
      weightRead = from.weight();
    }
  }

  private void step() {
    sequence++;
    Segment next = segment.next;
    while (next != null && next.first <= sequence) {
      segment = next;
      contents = segment.contents();
      weightRead = segment.weightBefore;
      next = segment.next;
    }
  }
}
