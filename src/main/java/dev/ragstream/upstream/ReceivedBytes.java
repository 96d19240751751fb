package dev.ragstream.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A body's bytes on their way from the HTTP client's thread to one reader. Unlike the client's own
 * stream, a read takes all that is there, however many chunks it came in, and can end by itself
 * where nothing comes.
 */
final class ReceivedBytes implements Subscriber<List<ByteBuffer>> {

  /** How many reads of the socket may wait here; the server waits for what is beyond. */
  private static final int WINDOW = 4;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<List<ByteBuffer>> received = new ArrayDeque<>(WINDOW);
  private @Nullable Subscription subscription;
  private @Nullable Throwable failure;
  private boolean complete;
  private boolean closed;

  /** What is being read; only the reader touches it. */
  private Iterator<ByteBuffer> buffers = List.<ByteBuffer>of().iterator();

  private ByteBuffer buffer = ByteBuffer.allocate(0);

  /** There was nothing to read for too long. */
  static final class SilenceException extends IOException {

    private static final long serialVersionUID = 1L;
  }

  @Override
  public void onSubscribe(Subscription made) {
    boolean wanted;
    lock.lock();
    try {
      wanted = !closed && subscription == null;
      if (wanted) {
        subscription = made;
      }
    } finally {
      lock.unlock();
    }
    if (wanted) {
      made.request(WINDOW);
    } else {
      made.cancel();
    }
  }

  @Override
  public void onNext(List<ByteBuffer> more) {
    lock.lock();
    try {
      received.add(more);
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onError(Throwable thrown) {
    lock.lock();
    try {
      failure = thrown;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onComplete() {
    lock.lock();
    try {
      complete = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Reads what is there; waits where that is nothing.
   *
   * @param nanos how long to wait at most
   * @return how many bytes; -1 at the end
   * @throws SilenceException where nothing came in that time
   * @throws IOException where the connection broke or was closed, or the thread was interrupted,
   *     which it stays
   */
  int read(byte[] target, int offset, int length, long nanos) throws IOException {
    int count = 0;
    while (count < length && (buffer.hasRemaining() || nextBuffer() || nextList(count, nanos))) {
      int taken = Math.min(length - count, buffer.remaining());
      buffer.get(target, offset + count, taken);
      count += taken;
    }
    return count == 0 && length > 0 ? -1 : count;
  }

  /** Closes the connection unless the body is whole; for any thread. */
  void close() {
    Subscription open;
    lock.lock();
    try {
      closed = true;
      open = subscription;
      changed.signal();
    } finally {
      lock.unlock();
    }
    if (open != null) {
      open.cancel();
    }
  }

  private boolean nextBuffer() {
    while (buffers.hasNext()) {
      buffer = buffers.next();
      if (buffer.hasRemaining()) {
        return true;
      }
    }
    return false;
  }

  /** Waits for more only where nothing was read yet. */
  private boolean nextList(int count, long nanos) throws IOException {
    do {
      List<ByteBuffer> next = count > 0 ? poll() : await(nanos);
      if (next == null) {
        return false;
      }
      buffers = next.iterator();
      requestMore();
    } while (!nextBuffer());
    return true;
  }

  private @Nullable List<ByteBuffer> poll() {
    lock.lock();
    try {
      return received.poll();
    } finally {
      lock.unlock();
    }
  }

  private @Nullable List<ByteBuffer> await(long nanos) throws IOException {
    lock.lock();
    try {
      long left = nanos;
      while (received.isEmpty() && !complete && failure == null && !closed) {
        if (left <= 0) {
          throw new SilenceException();
        }
        left = changed.awaitNanos(left);
      }
      if (closed || (failure != null && received.isEmpty())) {
        throw new IOException("closed", failure);
      }
      return received.poll();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      lock.unlock();
    }
  }

  private void requestMore() {
    Subscription open = subscription;
    if (open != null) {
      open.request(1);
    }
  }
}
