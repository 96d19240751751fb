package dev.ragstream.model;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * The body of a model server's response: closes itself where the server falls silent (an {@code
 * HttpRequest}'s own timeout ends at the headers), and remembers how it began. Time that the reader
 * takes does not count as silence. Closing it before its end closes the connection.
 */
final class UpstreamBody extends InputStream {

  private static final long NOT_WAITING = Long.MIN_VALUE;

  /** Enough for the first 200 characters in any script. */
  private static final int REMEMBERED = 800;

  private final HttpResponse<InputStream> response;
  private final InputStream in;
  private final Duration idle;
  private final byte[] beginning = new byte[REMEMBERED];
  private int remembered;
  private final Thread watchdog;
  private volatile Duration limit;
  private volatile long waitingSince = NOT_WAITING;
  private volatile boolean stalled;
  private volatile boolean closed;

  UpstreamBody(HttpResponse<InputStream> response, Timeouts timeouts) {
    this.response = response;
    this.in = response.body();
    this.limit = timeouts.firstToken();
    this.idle = timeouts.idle();
    this.watchdog = Thread.ofVirtual().name("stall-watchdog").start(this::watch);
  }

  HttpResponse<InputStream> response() {
    return response;
  }

  /** From now on, no silence may be longer than this. */
  void limit(Duration silence) {
    limit = silence.compareTo(idle) < 0 ? silence : idle;
    LockSupport.unpark(watchdog);
  }

  /** How the body began, as far as it was read. */
  String beginning() {
    return new String(beginning, 0, remembered, StandardCharsets.UTF_8);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /**
   * @throws StalledException where the server was silent for too long
   */
  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    waitingSince = System.nanoTime();
    int count;
    try {
      count = in.read(target, offset, length);
    } catch (IOException e) {
      throw stalled ? new StalledException(limit) : e;
    } finally {
      waitingSince = NOT_WAITING;
    }
    if (stalled) {
      throw new StalledException(limit);
    }
    if (remembered == 0 && count > 0) {
      limit(idle);
    }
    if (remembered < REMEMBERED && count > 0) {
      int kept = Math.min(count, REMEMBERED - remembered);
      System.arraycopy(target, offset, beginning, remembered, kept);
      remembered += kept;
    }
    return count;
  }

  /** Never fails: that a connection which nobody needs any more was broken is no news. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(watchdog);
    try {
      in.close();
    } catch (IOException e) {
      // as said above
    }
  }

  private void watch() {
    while (!closed) {
      long since = waitingSince;
      long silent = since == NOT_WAITING ? 0 : System.nanoTime() - since;
      long left = limit.toNanos() - silent;
      if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else {
        stalled = true;
        close();
      }
    }
  }

  /** The server was silent for too long. */
  static final class StalledException extends IOException {

    private static final long serialVersionUID = 1L;

    final transient Duration limit;

    StalledException(Duration limit) {
      super("the server was silent for " + limit);
      this.limit = limit;
    }
  }
}
