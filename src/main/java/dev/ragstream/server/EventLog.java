package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Message;
import dev.ragstream.core.Passage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The events of one run, numbered from 1: written by one thread, read by any number, each at its
 * own pace and from where it likes. The log is every reader's queue. The writer waits for the
 * foremost reader alone: where that one is too far behind and stays there, it is dropped. Whoever
 * falls far behind another one is dropped at once, so that nobody waits for it, while the log still
 * holds its place: it can come back and go on from there.
 */
final class EventLog {

  private final Limits limits;
  private final Runnable deserted;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition grown = lock.newCondition();
  private final Condition drained = lock.newCondition();
  private final List<LogReader> readers = new ArrayList<>();
  private Segment head;
  private Segment tail;
  private long last;
  private long weight;
  private boolean ended;

  /**
   * @param deserted is run whenever the last reader has left before the end
   */
  EventLog(Limits limits, Runnable deserted) {
    this.limits = limits;
    this.deserted = deserted;
    this.head = Segment.packed(1, 0);
    this.tail = head;
  }

  /**
   * How much is borne.
   *
   * @param lag how far behind the foremost reader may be, in bytes on the wire; others twice as far
   * @param patience how long the writer waits for the foremost one, and how long one that began
   *     further behind may take to catch up
   * @param kept how much is kept for those who come later, in the same bytes
   */
  record Limits(long lag, Duration patience, long kept) {

    static Limits waiting(Duration patience) {
      return new Limits(2 << 20, patience, 8 << 20);
    }
  }

  /**
   * Adds an event. Waits while all readers are too far behind, but not with an ending.
   *
   * @throws IllegalStateException after an ending
   */
  void append(AnswerEvent event) throws InterruptedException {
    List<LogReader> dropped = List.of();
    lock.lock();
    try {
      if (!(event instanceof Ending)) {
        dropped = awaitRoom();
      }
      add(event);
    } finally {
      lock.unlock();
    }
    dropped.forEach(LogReader::drop);
  }

  /** Adds the ending unless there is one; never waits. */
  void end(Ending ending) {
    lock.lock();
    try {
      if (!ended) {
        add(ending);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * A reader of all events after the one with this number.
   *
   * @param after 0: from the start
   * @param whenDropped is run when the reader was too slow for too long
   * @return null where the next event is no longer kept
   */
  @Nullable LogReader reader(long after, Runnable whenDropped) {
    lock.lock();
    try {
      if (after + 1 < head.first) {
        return null;
      }
      LogReader reader = new LogReader(this, head, Math.min(after, last), whenDropped);
      readers.add(reader);
      return reader;
    } finally {
      lock.unlock();
    }
  }

  boolean ended() {
    lock.lock();
    try {
      return ended;
    } finally {
      lock.unlock();
    }
  }

  /** How many events there are. */
  long size() {
    lock.lock();
    try {
      return last;
    } finally {
      lock.unlock();
    }
  }

  /** What is kept, in bytes on the wire. */
  long kept() {
    lock.lock();
    try {
      return weight - head.weightBefore;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets a reader look for more, and wait for it.
   *
   * @return whether there is more
   */
  boolean refill(LogReader reader, long nanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = nanos;
      reader.advance(this);
      drained.signal();
      while (reader.exhausted() && !ended && !reader.closed() && left > 0) {
        left = grown.awaitNanos(left);
        reader.advance(this);
      }
      return !reader.exhausted();
    } finally {
      lock.unlock();
    }
  }

  void remove(LogReader reader) {
    boolean alone;
    lock.lock();
    try {
      alone = readers.remove(reader) && readers.isEmpty() && !ended;
      drained.signal();
      grown.signalAll();
    } finally {
      lock.unlock();
    }
    if (alone) {
      deserted.run();
    }
  }

  /** For {@link LogReader#advance}, which is called with the lock held. */
  long last() {
    return last;
  }

  /** Likewise. */
  long weight() {
    return weight;
  }

  /** Those who have to be dropped so that there is room. */
  private List<LogReader> awaitRoom() throws InterruptedException {
    long left = limits.patience().toNanos();
    while (left > 0 && isForemostTooFarBehind()) {
      left = drained.awaitNanos(left);
    }
    return left > 0
        ? leftBehind()
        : readers.stream().filter(reader -> behind(reader) > limits.lag()).toList();
  }

  private boolean isForemostTooFarBehind() {
    for (int i = 0; i < readers.size(); i++) { // for each event: an iterator would cost more
      if (behind(readers.get(i)) <= limits.lag()) {
        return false;
      }
    }
    return !readers.isEmpty();
  }

  /** Those who are far behind a reader that keeps up. */
  private List<LogReader> leftBehind() {
    List<LogReader> all = List.of();
    for (int i = 0; i < readers.size(); i++) {
      LogReader reader = readers.get(i);
      if (behind(reader) <= 2 * limits.lag()) {
        reader.caughtUp();
      } else if (!reader.isCatchingUp(limits.patience())) {
        all = new ArrayList<>(all);
        all.add(reader);
      }
    }
    return all;
  }

  private long behind(LogReader reader) {
    return weight - reader.weightRead();
  }

  private void add(AnswerEvent event) {
    if (ended) {
      throw new IllegalStateException("the run has ended");
    }
    if (event instanceof Text piece) {
      roomy().add(piece);
    } else if (event instanceof Reasoning piece) {
      roomy().add(piece);
    } else {
      link(Segment.single(last + 1, weight, event));
    }
    last++;
    weight += weight(event);
    ended = event instanceof Ending;
    while (head.next != null && weight - head.next.weightBefore > limits.kept()) {
      head = head.next;
    }
    grown.signalAll();
  }

  private Segment roomy() {
    if (!tail.hasRoom()) {
      link(Segment.packed(last + 1, weight));
    }
    return tail;
  }

  private void link(Segment segment) {
    tail.next = segment;
    tail = segment;
  }

  /** About what an event takes on the wire, in bytes. */
  private static long weight(AnswerEvent event) {
    long frame = 64;
    return switch (event) {
      case Text(String text) -> frame + text.length();
      case Reasoning(String text) -> frame + text.length();
      case Retrieved retrieved -> {
        long sum = frame;
        for (Passage passage : retrieved.retrieval().passages()) {
          sum += 4 * frame + passage.chunk().text().length();
        }
        yield sum;
      }
      case PromptBuilt built -> {
        long sum = frame;
        for (Message message : built.prompt().messages()) {
          sum += frame + message.content().length();
        }
        yield sum;
      }
      case Ending _ -> 4 * frame;
    };
  }
}
