package dev.ragstream.server;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Counts the answers that are being handed over, so that a server that stops can wait for them. */
final class HandOvers {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition none = lock.newCondition();
  private int open;

  /** One of them; closed when it is over. */
  interface HandOver extends AutoCloseable {
    @Override
    void close();
  }

  HandOver begin() {
    add(1);
    return () -> add(-1);
  }

  int open() {
    lock.lock();
    try {
      return open;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until there are none, but no longer than that. */
  void await(Duration longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest.toNanos();
      while (open > 0 && left > 0) {
        left = none.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  private void add(int difference) {
    lock.lock();
    try {
      open += difference;
      if (open == 0) {
        none.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }
}
