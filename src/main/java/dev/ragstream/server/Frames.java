package dev.ragstream.server;

import dev.ragstream.render.JsonBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.FutureCallback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/** The sending half of a WebSocket, for several threads. */
final class Frames {

  private static final Callback NOBODY = Callback.NOOP;

  private final CoreSession session;
  private final Duration patience;
  private final boolean split;

  /**
   * @param patience how long a client may take for what was sent
   * @param split whether each message is sent in two fragments (RFC 6455, section 5.4)
   */
  Frames(Session session, Duration patience, boolean split) {
    this.split = split;
    this.session = ((WebSocketSession) session).getCoreSession();
    this.patience = patience;
  }

  /** Sends a message together with the next one. */
  void add(JsonBytes message) {
    transmit(message, NOBODY, true);
  }

  /**
   * Sends a message, and waits until the client's side has taken all that was sent so far: a slow
   * reader makes its writer wait.
   *
   * @throws IOException where the client has left, or takes too long
   */
  void send(JsonBytes message) throws IOException, InterruptedException {
    FutureCallback sent = new FutureCallback();
    transmit(message, sent, false);
    await(sent);
  }

  /** Waits likewise for what was added. */
  void flush() throws IOException, InterruptedException {
    FutureCallback sent = new FutureCallback();
    session.flush(sent);
    await(sent);
  }

  /** Ends the connection without a word. */
  void breakOff() {
    session.abort();
  }

  private void await(FutureCallback sent) throws IOException, InterruptedException {
    try {
      sent.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      session.abort();
      throw new IOException("the client does not read", e);
    }
  }

  private void transmit(JsonBytes message, Callback sent, boolean batch) {
    ByteBuffer whole = message.copy();
    // Nothing of another answer may stand between the fragments of a message.
    synchronized (session) {
      if (split) {
        int half = whole.remaining() / 2;
        session.sendFrame(
            new Frame(OpCode.TEXT).setFin(false).setPayload(whole.slice(0, half)), NOBODY, false);
        whole.position(half);
      }
      session.sendFrame(
          new Frame(split ? OpCode.CONTINUATION : OpCode.TEXT).setPayload(whole), sent, batch);
    }
  }
}
