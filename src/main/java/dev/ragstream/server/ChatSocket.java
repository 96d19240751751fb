package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.render.JsonBytes;
import dev.ragstream.server.HandOvers.HandOver;
import dev.ragstream.server.WireTrouble.CutException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * One client's WebSocket: any number of questions at once, each answered by a run of its own. What
 * is wrong with a message is answered, and the socket lives on. Public for Jetty, which calls it by
 * reflection.
 */
public final class ChatSocket implements Session.Listener.AutoDemanding {

  /** A question that only keeps the connection open. */
  private static final String HEARTBEAT = "{heartbeat}";

  private static final Duration WHILE = Duration.ofMinutes(1);
  private static final int FULL = 16 << 10;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

  private final Desk desk;
  private final Sockets sockets;
  private final AccessLog accessLog;
  private final SocketWire wire;
  private final String client;
  private final @Nullable String organisation;
  private final Map<String, Run> runs = new ConcurrentHashMap<>();
  private final Map<Run, LogReader> readers = new ConcurrentHashMap<>();
  private final AtomicInteger unanswered = new AtomicInteger();
  private volatile @Nullable Session session;
  private volatile boolean closed;

  /**
   * @param client who asks, for the rate
   * @param organisation the id in the header, for questions that name none
   */
  ChatSocket(
      Desk desk,
      Sockets sockets,
      AccessLog accessLog,
      SocketWire wire,
      String client,
      @Nullable String organisation) {
    this.desk = desk;
    this.sockets = sockets;
    this.accessLog = accessLog;
    this.wire = wire;
    this.client = client;
    this.organisation = organisation;
  }

  @Override
  public void onWebSocketOpen(Session opened) {
    opened.setMaxTextMessageSize(desk.mostFrame());
    opened.setMaxBinaryMessageSize(desk.mostFrame());
    opened.setMaxFrameSize(desk.mostFrame());
    session = opened;
    sockets.add(this);
  }

  @Override
  public void onWebSocketText(String message) {
    if (message.strip().equals(HEARTBEAT)) {
      return;
    }
    long start = System.nanoTime();
    String id = null;
    try {
      Body body = Body.parse(message);
      id = body.text("id");
      if ("cancel".equals(body.text("type"))) {
        cancel(body);
      } else if (body.text("type") != null && !body.object().has("question")) {
        throw Body.invalid(
            "a message of type '%s' is none; there is 'cancel', and a question has no type"
                .formatted(body.text("type")));
      } else if (!HEARTBEAT.equals(body.object().path("question").asString(""))) {
        ask(body, id, start);
      }
    } catch (RuntimeException e) {
      Refusal refusal = Refusals.of(e);
      tell(refusal, id);
      accessLog.refused(client, refusal, start);
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    callback.succeed();
    Objects.requireNonNull(session).close(StatusCode.BAD_DATA, "text only", Callback.NOOP);
  }

  @Override
  public void onWebSocketPong(ByteBuffer payload) {
    unanswered.set(0);
  }

  @Override
  public void onWebSocketClose(int status, String reason, Callback callback) {
    leave();
    callback.succeed();
  }

  @Override
  public void onWebSocketError(Throwable cause) {
    leave();
  }

  /** Asks whether the client is still there; one that left two such questions open is not. */
  void ping() {
    Session open = session;
    if (open == null) {
      return;
    }
    if (unanswered.getAndIncrement() >= 2) {
      open.disconnect();
      leave();
    } else {
      open.sendPing(NOTHING.duplicate(), Callback.NOOP);
    }
  }

  /** Tells the client that the server stops. */
  void goAway() {
    Session open = session;
    if (open != null) {
      open.close(StatusCode.SHUTDOWN, "the server is stopping", Callback.NOOP);
    }
  }

  private void ask(Body body, @Nullable String id, long start) {
    SocketWire.Order order = wire.order(body, organisation);
    desk.tellUnheard(SocketRoutes.PATH, body);
    Run run = desk.admit(order.asked(), client);
    FrameDialect dialect = wire.dialect(run, id);
    Rehearsal rehearsal = desk.rehearsal(order.asked());
    WireTrouble trouble = new WireTrouble(rehearsal);
    Frames frames =
        new Frames(
            Objects.requireNonNull(session), desk.patience().slowReader(), rehearsal.split());
    LogReader reader = run.read(0, () -> Objects.requireNonNull(session).disconnect());
    readers.put(run, reader);
    runs.put(run.id(), run);
    if (id != null) {
      runs.put(id, run);
    }
    if (closed) {
      reader.close();
    }
    desk.start(run, order.listener());
    Thread.ofVirtual()
        .name("socket-" + run.id())
        .start(() -> {
          Ending ending = null;
          try (HandOver _ = desk.handOvers().begin();
              reader) {
            ending = relay(reader, dialect, trouble, frames);
          } catch (IOException e) {
            // the client has left; closing the reader stops the run
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          } finally {
            forget(run, id);
            accessLog.answered(client, run, ending, start);
          }
        });
  }

  /** Sends events until their end, which is null where the client or the connection was gone. */
  private static @Nullable Ending relay(
      LogReader reader, FrameDialect dialect, WireTrouble trouble, Frames frames)
      throws IOException, InterruptedException {
    try {
      return relayAll(reader, dialect, trouble, frames);
    } catch (CutException e) {
      frames.flush();
      frames.breakOff();
      return null;
    }
  }

  private static @Nullable Ending relayAll(
      LogReader reader, FrameDialect dialect, WireTrouble trouble, Frames frames)
      throws IOException, InterruptedException {
    JsonBytes message = new JsonBytes();
    while (!reader.closed()) {
      AnswerEvent event = reader.next(WHILE);
      int batch = 0;
      while (event != null) {
        boolean twice = trouble.doubles();
        boolean spelt = dialect.spell(event, message.clear());
        if (spelt && twice) {
          frames.add(message);
        }
        boolean more = !(event instanceof Ending) && batch < FULL && reader.waiting();
        if (spelt && more) {
          frames.add(message);
          batch += message.size();
        } else if (spelt) {
          frames.send(message);
        }
        if (event instanceof Ending ending) {
          return ending;
        }
        event = more ? reader.next(WHILE) : null;
      }
    }
    return null;
  }

  private void cancel(Body body) {
    String id = body.anyText("id", "run");
    Run run = id == null ? null : runs.get(id);
    if (run == null) {
      throw new Refusal(
              404, "no question of this id is being answered", "send the id of one that is")
          .exception();
    }
    run.cancel();
  }

  private void tell(Refusal refusal, @Nullable String id) {
    try {
      new Frames(Objects.requireNonNull(session), desk.patience().slowReader(), false)
          .send(new JsonBytes().raw(wire.refusal(refusal, id)));
    } catch (IOException e) {
      leave();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void forget(Run run, @Nullable String id) {
    readers.remove(run);
    runs.remove(run.id());
    if (id != null) {
      runs.remove(id, run);
    }
  }

  private void leave() {
    closed = true;
    sockets.remove(this);
    readers.values().forEach(LogReader::close);
  }
}
