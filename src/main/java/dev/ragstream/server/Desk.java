package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.ChatModel;
import dev.ragstream.server.Backend.Choice;
import dev.ragstream.server.Backend.Measured;
import dev.ragstream.server.HandOvers.HandOver;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Takes questions from all wires, and hands their answers back over HTTP. */
final class Desk {

  private static final Duration WHILE = Duration.ofMinutes(1);

  private final Backend backend;
  private final Supplier<ServerOptions> options;
  private final Supplier<Listening> limits;
  private final Patience patience;
  private final Runs runs;
  private final RateLimit rate;
  private final Consumer<String> notices;
  private final Metrics metrics;
  private final UnknownFields unknownFields;
  private final HandOvers handOvers = new HandOvers();

  /**
   * @param notices is told what the server's user should know, in a sentence
   */
  Desk(
      Backend backend,
      Supplier<ServerOptions> options,
      Supplier<Listening> limits,
      Patience patience,
      Runs runs,
      RateLimit rate,
      Consumer<String> notices,
      Metrics metrics) {
    this.notices = notices;
    this.unknownFields = new UnknownFields(notices);
    this.metrics = metrics;
    this.backend = backend;
    this.options = options;
    this.limits = limits;
    this.patience = patience;
    this.runs = runs;
    this.rate = rate;
  }

  Backend backend() {
    return backend;
  }

  /**
   * Tells the server's user what of a question is not heard.
   *
   * @param path where it was asked
   */
  void tellUnheard(String path, Body body) {
    unknownFields.tell(path, body, backend.models());
  }

  ServerOptions options() {
    return options.get();
  }

  Patience patience() {
    return patience;
  }

  /** How large a message over a WebSocket may be, in bytes. */
  long mostFrame() {
    return limits.get().mostFrame();
  }

  /** The body of a request. */
  Body body(Context ctx) throws IOException {
    return Body.of(ctx.req(), limits.get().mostBody());
  }

  /** Saves both sides of a turn in the chat that a request names. */
  Consumer<AnswerEvent> saver(Body body, Asked asked) {
    return ChatSaver.of(body, asked, backend.chats(), notices);
  }

  Metrics metrics() {
    return metrics;
  }

  HandOvers handOvers() {
    return handOvers;
  }

  Runs runs() {
    return runs;
  }

  /**
   * A pipeline for a request, of which its organisation's passages alone are found.
   *
   * @param client who asks, for the rate
   * @throws RefusedException where the request may not have it
   */
  Measured measured(Asked asked, String client) {
    rate.count(client, options.get().perMinute());
    return measured(asked.choice(), asked.organisation(), UnaryOperator.identity());
  }

  private Measured measured(
      Choice choice, @Nullable String organisation, UnaryOperator<ChatModel> between) {
    Choice narrowed =
        new Choice(
            choice.topK(),
            choice.minScore(),
            choice.template(),
            choice.model(),
            Organisations.of(options.get()).narrowed(choice.where(), organisation),
            choice.wording());
    return backend.measured(narrowed, between);
  }

  /**
   * Makes a run of a question; it does not run yet.
   *
   * @param client who asks, for the rate
   * @throws RefusedException where it may not be asked
   */
  Run admit(Asked asked, String client) {
    rate.count(client, options.get().perMinute());
    Rehearsal rehearsal = rehearsal(asked);
    rehearsal.refuse();
    Measured measured =
        measured(
            asked.choice(),
            asked.organisation(),
            model -> rehearsal.of(model, options.get().modelIdle()));
    try {
      return runs.admit(
          new Run.Request(
              asked.question(), measured, asked.organisation(), asked.stays(), rehearsal));
    } catch (RuntimeException e) {
      measured.close();
      throw e;
    }
  }

  /** The trouble that a request wants, else the one that the server is set to. */
  Rehearsal rehearsal(Asked asked) {
    return asked.rehearsal().equals(Rehearsal.NONE)
        ? Rehearsal.of(options.get().rehearse())
        : asked.rehearsal();
  }

  /** Lets a run go. */
  void start(Run run, Consumer<AnswerEvent> listener) {
    runs.start(run, listener);
  }

  /** Answers with a stream of events. */
  void stream(Context ctx, Asked asked, Dialect dialect, Consumer<AnswerEvent> listener)
      throws IOException, InterruptedException {
    Run run = admit(asked, ctx.ip());
    ctx.header(Routes.RUN_HEADER, run.id());
    new EventStream(dialect, handOvers, patience, run.rehearsal())
        .send(
            ctx,
            hangUp -> {
              LogReader reader = run.read(0, hangUp);
              start(run, listener);
              return reader;
            });
  }

  /**
   * Waits for the whole answer.
   *
   * @param listener is told every event, in order, on the calling thread
   * @return null where the client has left meanwhile, or the connection was to break off
   */
  @Nullable Ending whole(Context ctx, Asked asked, Consumer<AnswerEvent> listener)
      throws IOException, InterruptedException {
    Run run = admit(asked, ctx.ip());
    WireTrouble trouble = new WireTrouble(run.rehearsal());
    ctx.header(Routes.RUN_HEADER, run.id());
    AtomicReference<Departure> departure = new AtomicReference<>();
    try (HandOver _ = handOvers.begin();
        LogReader reader = run.read(0, () -> departure.get().hangUp());
        Departure watch = Departure.watch(ctx.req(), reader::close)) {
      departure.set(watch);
      start(run, _ -> {});
      while (!reader.closed()) {
        AnswerEvent event = reader.next(WHILE);
        if (event != null) {
          if (trouble.cuts()) {
            beginOnly(ctx);
            watch.hangUp();
            return null;
          }
          trouble.passes();
          listener.accept(event);
        }
        if (event instanceof Ending ending) {
          watch.end();
          if (watch.spoilt()) {
            ctx.header("Connection", "close");
          }
          return ending;
        }
      }
      Visit.of(ctx).left();
      return null;
    }
  }

  /** Sends the first byte of an object, of which the rest will not come. */
  private static void beginOnly(Context ctx) throws IOException {
    ctx.contentType("application/json");
    OutputStream out = ctx.res().getOutputStream();
    out.write('{');
    out.flush();
  }
}
