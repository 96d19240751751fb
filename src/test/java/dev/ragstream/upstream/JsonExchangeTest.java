package dev.ragstream.upstream;

import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.Failure;
import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import dev.ragstream.model.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

class JsonExchangeTest {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String CANARY = "canary-5e1f";

  private final ScriptedServer server = new ScriptedServer();
  private final List<String> notices = new ArrayList<>();
  private final JsonExchange exchange = exchange(Timeouts.DEFAULTS);

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void anAnswerIsReadWhole() {
    server.script(send(answer("200 OK", "{\"n\": [1, 2]}")));

    assertThat(post().root().path("n").size()).isEqualTo(2);
    assertThat(server.requests().getFirst())
        .startsWith("POST /v1/things HTTP/1.1\r\n")
        .contains("Authorization: Bearer " + CANARY + "\r\n", "Accept: application/json\r\n")
        .endsWith("{\"asked\":\"é\"}");
  }

  @Test
  void aResourceIsAskedForWithoutABody() {
    server.script(send(answer("200 OK", "[]")));

    assertThat(exchange.get("/things").root().isArray()).isTrue();
    assertThat(server.requests().getFirst()).startsWith("GET /v1/things HTTP/1.1\r\n");
  }

  @Test
  void aBusyServerIsAskedAgainAndTheUserIsTold() {
    server
        .script(send(answer("429 Too Many Requests", "{\"error\":\"slow down\"}")), hangUp())
        .script(send(answer("200 OK", "{}")));

    assertThat(post().root().isObject()).isTrue();
    assertThat(notices)
        .containsExactly(
            server.url() + "/things answered 429: slow down; asking again in 1 s (retry 1 of 2)");
  }

  @Test
  void aRefusalKeepsItsStatus() {
    server.script(send(answer("400 Bad Request", "{\"error\":{\"message\":\"no such thing\"}}")));

    assertThat(Objects.requireNonNull(catchThrowableOfType(StatusException.class, this::post)))
        .extracting(StatusException::status)
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{\"n\": [1,", "3", "\"text\"", "{\"n\": NaN}"})
  void whatIsNoJsonObjectOrArrayIsShown(String body) {
    server.script(send(answer("200 OK", body)));

    assertThat(failure())
        .isEqualTo(
            new Failure(
                Kind.UPSTREAM_PROTOCOL,
                server.url()
                    + "/things answered 200 with application/json and no JSON; it began with: "
                    + body,
                "check that things.url is the address of an API for things"));
  }

  @Test
  void anEmptyAnswerIsCalledEmpty() {
    server.script(send(answer("200 OK", "")));

    assertThat(failure().problem()).endsWith("and no JSON; it was empty");
  }

  @Test
  void anErrorUnderASuccessIsAnError() {
    server.script(send(answer("200 OK", "{\"error\":{\"message\":\"bad key " + CANARY + "\"}}")));

    assertThat(failure())
        .isEqualTo(
            new Failure(
                Kind.UPSTREAM_ERROR,
                server.url() + "/things answered with an error: bad key $THINGS_KEY",
                "ask again later, or name another model in things.model"));
  }

  @Test
  void anAnswerWithoutEndIsCutOff() {
    byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    ScriptedServer.Step[] steps = new ScriptedServer.Step[66];
    steps[0] = send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n[");
    for (int i = 1; i < steps.length; i++) {
      steps[i] = send(blanks);
    }
    server.script(steps);

    assertThat(failure().problem())
        .isEqualTo(server.url() + "/things answered with more than 64 MiB");
    assertThat(server.clientLeft()).succeedsWithin(PATIENCE);
  }

  @Test
  void aConnectionThatBreaksOffIsIncomplete() {
    server.script(send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"n\": ["), hangUp());

    assertThat(failure().kind()).isEqualTo(Kind.INCOMPLETE);
  }

  @Test
  void aServerThatFallsSilentIsLeft() {
    server.script(send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"n\": ["));
    JsonExchange hasty =
        exchange(
            new Timeouts(Duration.ofSeconds(10), Duration.ofSeconds(20), Duration.ofMillis(50)));

    FailureException failure =
        Objects.requireNonNull(
            catchThrowableOfType(FailureException.class, () -> hasty.get("/things")));

    assertThat(failure.failure().kind()).isEqualTo(Kind.UPSTREAM_STALLED);
    assertThat(failure.failure().remedy()).contains("things.idleTimeout");
    assertThat(server.clientLeft()).succeedsWithin(PATIENCE);
  }

  @Test
  void anInterruptClosesTheConnectionAndStays() throws Exception {
    server.script();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread asking =
        Thread.ofVirtual()
            .start(() -> {
              failure();
              interrupted.complete(Thread.currentThread().isInterrupted());
            });
    server.awaitRequest();
    asking.interrupt();

    assertThat(interrupted).succeedsWithin(PATIENCE).isEqualTo(true);
    assertThat(server.clientLeft()).succeedsWithin(PATIENCE);
  }

  private JsonAnswer post() {
    return exchange.post("/things", JsonNodeFactory.instance.objectNode().put("asked", "é"));
  }

  private Failure failure() {
    FailureException thrown =
        Objects.requireNonNull(catchThrowableOfType(FailureException.class, this::post));
    assertThat(thrown.failure().toString()).doesNotContain(CANARY);
    return thrown.failure();
  }

  private JsonExchange exchange(Timeouts timeouts) {
    Endpoint endpoint =
        new Endpoint(
            server.url(),
            new Secret("$THINGS_KEY", () -> CANARY),
            Map.of(),
            timeouts,
            new Endpoint.Names("things", "url", "THINGS_KEY"));
    RetryPolicy retry = new RetryPolicy(2, InstantSource.system(), () -> 0, _ -> {});
    return new JsonExchange(
        "things:model", "things", endpoint, new HttpTransport(endpoint, retry, notices::add));
  }

  private static String answer(String status, String body) {
    return "HTTP/1.1 "
        + status
        + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
        + body.getBytes(StandardCharsets.UTF_8).length
        + "\r\n\r\n"
        + body;
  }
}
