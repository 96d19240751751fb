package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.render.JsonBytes;
import dev.ragstream.server.HandOvers.HandOver;
import dev.ragstream.server.WireTrouble.CutException;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A response of server-sent events. An event leaves at once; only those that are there already by
 * then leave together, since what costs most is the flush.
 */
final class EventStream {

  private static final byte[] PING_COMMENT = ": ping\n\n".getBytes(StandardCharsets.US_ASCII);

  /** Enough to be worth a write of its own. */
  private static final int FULL = 16 << 10;

  private final Dialect dialect;
  private final HandOvers handOvers;
  private final Duration ping;
  private final boolean split;
  private final JsonBytes buffer = new JsonBytes(512);

  EventStream(Dialect dialect, HandOvers handOvers, Patience patience, Rehearsal rehearsal) {
    this.dialect =
        rehearsal.troublesWire()
            ? new RehearsedDialect(dialect, new WireTrouble(rehearsal))
            : dialect;
    this.split = rehearsal.split();
    this.handOvers = handOvers;
    this.ping = patience.ping();
  }

  /** How a run is read over one connection. */
  interface Opening {

    /**
     * Opens the reader.
     *
     * @param hangUp closes the connection of a reader that is too slow
     */
    LogReader open(Runnable hangUp);
  }

  /** Streams events to the client until their end, or until the client has left. */
  void send(Context ctx, Opening opening) throws IOException, InterruptedException {
    Connection connection = new Connection();
    try (HandOver _ = handOvers.begin();
        Departure departure = Departure.watch(ctx.req(), connection::clientLeft);
        LogReader reader = opening.open(departure::hangUp)) {
      connection.follow(reader);
      dialect.begin(buffer);
      OutputStream out = ctx.res().getOutputStream();
      try {
        AnswerEvent first = prelude(reader);
        headers(ctx);
        Ending ending = relay(reader, first, out);
        if (ending == null) {
          Visit.of(ctx).left();
        } else {
          Visit.of(ctx).ended(ending);
        }
      } catch (CutException e) {
        headers(ctx);
        write(out);
        departure.hangUp();
      }
      departure.end();
      if (reader.closed() || departure.spoilt()) {
        departure.hangUp();
      }
    }
  }

  /**
   * Reads what goes before the answer's first word, and that word, without sending them.
   *
   * @return the last event that was read; null: none, or it takes so long that the client had
   *     better have what there is
   * @throws RefusedException where the answer failed instead
   */
  private @Nullable AnswerEvent prelude(LogReader reader) throws InterruptedException {
    Duration longest = dialect.holdsBack().compareTo(ping) < 0 ? dialect.holdsBack() : ping;
    long start = System.nanoTime();
    while (true) {
      Duration left = longest.minusNanos(System.nanoTime() - start);
      AnswerEvent event = left.isPositive() ? reader.next(left) : null;
      if (event instanceof Failed failed) {
        throw dialect.refusal(failed).exception();
      }
      if (event != null) {
        dialect.spell(reader.sequence(), event, buffer);
      }
      if (!(event instanceof Retrieved || event instanceof PromptBuilt)) {
        return event;
      }
    }
  }

  /**
   * Sends events until their end.
   *
   * @param first an event that is in the buffer already; null: none
   * @return null where the reader left before
   */
  private @Nullable Ending relay(LogReader reader, @Nullable AnswerEvent first, OutputStream out)
      throws IOException, InterruptedException {
    AnswerEvent event = first;
    while (true) {
      while (event != null && !(event instanceof Ending) && reader.waiting() && !full()) {
        event = reader.next(ping);
        if (event != null) {
          dialect.spell(reader.sequence(), event, buffer);
        }
      }
      if (buffer.size() > 0) {
        write(out);
      }
      if (event instanceof Ending ending) {
        return ending;
      }
      event = reader.next(ping);
      if (event != null) {
        dialect.spell(reader.sequence(), event, buffer);
      } else if (reader.closed()) {
        return null;
      } else {
        buffer.raw(PING_COMMENT);
      }
    }
  }

  private boolean full() {
    return buffer.size() >= FULL;
  }

  private void write(OutputStream out) throws IOException {
    if (split) {
      byte[] all = buffer.copy().array();
      out.write(all, 0, all.length / 2);
      out.flush();
      out.write(all, all.length / 2, all.length - all.length / 2);
    } else {
      buffer.writeTo(out);
    }
    buffer.clear();
    out.flush();
  }

  private static void headers(Context ctx) {
    ctx.res().setContentType("text/event-stream;charset=utf-8");
    ctx.header("Cache-Control", "no-cache, no-transform");
    ctx.header("X-Accel-Buffering", "no");
  }

  /** Tells a reader that its client has left, also when that is known before there is a reader. */
  private static final class Connection {

    private @Nullable LogReader reader;
    private boolean left;

    synchronized void follow(LogReader opened) {
      reader = opened;
      if (left) {
        opened.close();
      }
    }

    synchronized void clientLeft() {
      left = true;
      if (reader != null) {
        reader.close();
      }
    }
  }
}
