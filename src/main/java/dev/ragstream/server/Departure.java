package dev.ragstream.server;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;

/**
 * Notices that a client has left while its answer is being made. Jetty reads a connection of
 * HTTP/1.1 between requests only, so that a client which is gone would go unnoticed until the
 * second write to it; before the first token of a slow model there is none. A client that only
 * closes its half of the connection counts as gone, as it does for nginx. What a client sends ahead
 * of its time is its next request; it is given back when the watch ends.
 */
final class Departure implements Callback, AutoCloseable {

  /** More than that is not taken in ahead of its time. */
  private static final int MOST_AHEAD = 8 << 10;

  private final Connection http;
  private final EndPoint connection;
  private final Runnable left;
  private final ByteBuffer unread = BufferUtil.allocate(64);
  private final ByteArrayOutputStream ahead = new ByteArrayOutputStream(0);
  private boolean over;
  private boolean spoilt;

  private Departure(Connection http, Runnable left) {
    this.http = http;
    this.connection = http.getEndPoint();
    this.left = left;
  }

  /**
   * Begins to watch; the request's body has to be read by then.
   *
   * @param left is run at most once, on a thread that must not be held up
   */
  static Departure watch(HttpServletRequest request, Runnable left) {
    Connection http =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection();
    Departure departure = new Departure(http, left);
    departure.await();
    return departure;
  }

  /** Closes the connection, whatever is being written to it. */
  void hangUp() {
    connection.close();
  }

  /** Something came, or the end. */
  @Override
  public synchronized void succeeded() {
    if (over) {
      return;
    }
    try {
      int read = connection.fill(unread);
      if (read < 0) {
        leave();
        return;
      }
      ahead.writeBytes(BufferUtil.toArray(unread));
      BufferUtil.clear(unread);
      if (ahead.size() < MOST_AHEAD) {
        await();
      }
    } catch (IOException e) {
      leave();
    }
  }

  @Override
  public synchronized void failed(Throwable cause) {
    if (!over) {
      leave();
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  /** Ends the watch; before the response ends, or Jetty takes the connection for one in use. */
  synchronized void end() {
    over = true;
    giveBack();
    if (connection instanceof AbstractEndPoint channel) {
      channel.getFillInterest().onFail(new IOException("no longer watched"));
    }
  }

  @Override
  public void close() {
    end();
  }

  /** Whether the connection cannot be used for another request. */
  synchronized boolean spoilt() {
    return spoilt;
  }

  /**
   * Jetty finds the next request where it looks first: in its own buffer, as far as there is room.
   */
  private void giveBack() {
    if (ahead.size() == 0) {
      return;
    }
    ByteBuffer bytes = ByteBuffer.wrap(ahead.toByteArray());
    ahead.reset();
    if (http instanceof Connection.UpgradeTo taker) {
      taker.onUpgradeTo(bytes);
    }
    spoilt |= bytes.hasRemaining();
  }

  private void await() {
    connection.tryFillInterested(this);
  }

  private void leave() {
    over = true;
    left.run();
  }
}
