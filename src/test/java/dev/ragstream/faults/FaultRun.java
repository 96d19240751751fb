package dev.ragstream.faults;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Question;
import dev.ragstream.core.Samples;
import dev.ragstream.core.Secret;
import dev.ragstream.model.HttpChatModel;
import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ScriptedServer;
import dev.ragstream.model.ScriptedServer.Step;
import dev.ragstream.render.AnswerText;
import dev.ragstream.render.EventJson;
import dev.ragstream.render.FailureText;
import dev.ragstream.render.Style;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.HttpTransport;
import dev.ragstream.upstream.RetryPolicy;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A row, played with one provider through the whole pipeline, and all that could be seen of it. */
final class FaultRun {

  private static final long PATIENCE_SECONDS = 60;

  final List<AnswerEvent> events = new ArrayList<>();
  final List<String> notices = new ArrayList<>();
  private final Fault fault;
  private final ScriptedServer server;
  private final URI url;
  private final HttpChatModel model;
  private final CountDownLatch textRead = new CountDownLatch(1);
  private Instant readerLeft = Instant.MIN;
  private final List<List<Step>> connections;

  FaultRun(Fault fault, ProviderFixture provider, ScriptedServer server) {
    this.fault = fault;
    this.server = server;
    connections = fault.connections().apply(new Stage(provider, textRead));
    connections.forEach(server::script);
    url = fault.asked().address().apply(server);
    Endpoint endpoint =
        new Endpoint(
            url,
            new Secret("$TEST_KEY", () -> Stage.KEY),
            Map.of("X-Team", new Secret("$TEAM", () -> Stage.HEADER)),
            fault.asked().timeouts(),
            new Endpoint.Names("llm", provider.keyVariable()));
    RetryPolicy retry =
        new RetryPolicy(
            2, InstantSource.fixed(Instant.parse("2026-03-01T12:00:00Z")), () -> 0, _ -> {});
    model =
        new HttpChatModel(
            provider.api(fault.asked().model(), endpoint),
            new HttpTransport(endpoint, retry, notices::add));
  }

  /** Plays the row to its end. */
  Ending play() throws Exception {
    CompletableFuture<Ending> ending = new CompletableFuture<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ending.complete(
                    Samples.pipeline(model).answer(new Question("Is it raining?"), this::read));
              } catch (RuntimeException | Error e) {
                ending.completeExceptionally(e);
              }
            });
    switch (fault.reader()) {
      case STAYS, LEAVES_IN_MID_STREAM -> {}
      case INTERRUPTED_BEFORE_FIRST_TEXT -> {
        server.awaitRequest();
        leave(asking);
      }
      case INTERRUPTED_IN_MID_STREAM -> {
        textRead.await();
        leave(asking);
      }
    }
    return ending.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  HttpChatModel model() {
    return model;
  }

  /** To be opened once a piece of the answer was read. */
  CountDownLatch textRead() {
    return textRead;
  }

  /** How often the server was to be asked. */
  int connections() {
    return connections.size();
  }

  Instant readerLeft() {
    return readerLeft;
  }

  String text() {
    return events.stream()
        .map(event -> event instanceof Text(String piece) ? piece : "")
        .collect(Collectors.joining());
  }

  String reasoning() {
    return events.stream()
        .map(event -> event instanceof Reasoning(String piece) ? piece : "")
        .collect(Collectors.joining());
  }

  /** The names in a pattern of a row, filled in. */
  String filled(String pattern, ProviderFixture provider) {
    return pattern
        .replace("{url}", url + provider.path())
        .replace("{model}", model.name())
        .replace("{key}", "$TEST_KEY");
  }

  /** A pattern of a row, in which dots stand for any text. */
  static Pattern pattern(String text) {
    return Pattern.compile(
        Stream.of(text.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
  }

  /** Whatever a user can get to see of this run, in every form. */
  String everythingShown() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8)) {
      AnswerText text =
          new AnswerText(
              out, out, Style.PLAIN, new AnswerText.Options(model.name(), true, true, false));
      for (AnswerEvent event : events) {
        text.accept(event);
        out.println(event);
        out.println(EventJson.line(event));
        if (event instanceof Failed failed && failed.cause() != null) {
          out.println(FailureText.trace(failed.cause()));
        }
        if (event instanceof PromptBuilt(var prompt)) {
          out.println(model.curl(prompt));
        }
      }
      notices.forEach(out::println);
    }
    return shown.toString(StandardCharsets.UTF_8);
  }

  private void read(AnswerEvent event) {
    events.add(event);
    if (event instanceof Text) {
      textRead.countDown();
      switch (fault.reader()) {
        case LEAVES_IN_MID_STREAM -> {
          readerLeft = Instant.now();
          throw new IllegalStateException("the reader has left");
        }
        case INTERRUPTED_IN_MID_STREAM -> awaitInterrupt();
        case STAYS, INTERRUPTED_BEFORE_FIRST_TEXT -> {}
      }
    }
  }

  /** The next piece must not be faster than the interrupt. */
  private static void awaitInterrupt() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void leave(Thread asking) {
    readerLeft = Instant.now();
    asking.interrupt();
  }
}
