package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.ScriptedModel;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers that fail before their first word. */
class EarlyFailureTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String MESSAGES = "\"messages\":[{\"role\":\"user\",\"content\":\"Rain?\"}]";
  private static final String STREAMED = "{\"stream\":true," + MESSAGES + "}";

  @ParameterizedTest
  @CsvSource({
    "UPSTREAM_UNAUTHORIZED, 401, authentication_error",
    "UPSTREAM_RATE_LIMITED, 429, rate_limit_error",
    "UPSTREAM_UNREACHABLE, 502, server_error",
    "UPSTREAM_ERROR, 502, server_error",
    "UPSTREAM_STALLED, 504, server_error",
    "PROMPT_TOO_LONG, 400, invalid_request_error"
  })
  void openAisClientsAreToldByTheStatusWhetherTheyStreamOrNot(
      Failure.Kind kind, int status, String type) throws Exception {
    try (TestServer server = failing(kind, null)) {
      for (String body : new String[] {STREAMED, "{" + MESSAGES + "}"}) {
        HttpResponse<String> response = server.send(server.post("/v1/chat/completions", body));

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode error = MAPPER.readTree(response.body()).path("error");
        assertThat(error.path("type").asString()).isEqualTo(type);
        assertThat(error.path("code").asString()).isEqualTo(kind.wireName());
        assertThat(error.path("message").asString()).isEqualTo("it failed; mend it");
      }
    }
  }

  @Test
  void theWaitThatTheModelsServerAsksForIsPassedOn() throws Exception {
    try (TestServer server =
        failing(Failure.Kind.UPSTREAM_RATE_LIMITED, Duration.ofMillis(12_300))) {
      HttpResponse<String> response = server.send(server.post("/v1/chat/completions", STREAMED));

      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(response.headers().firstValue("Retry-After")).hasValue("13");
    }
  }

  @Test
  void useChatIsToldByTheStatusToo() throws Exception {
    try (TestServer server = failing(Failure.Kind.UPSTREAM_RATE_LIMITED, null)) {
      HttpResponse<String> response = server.send(server.post("/api/chat", "{" + MESSAGES + "}"));

      assertThat(response.statusCode()).isEqualTo(429);
      assertThat(response.body()).contains("\"problem\":\"it failed\"");
    }
  }

  @Test
  void nativeStreamsHoldTheFailureAfterWhatWasFound() throws Exception {
    try (TestServer server = failing(Failure.Kind.UPSTREAM_RATE_LIMITED, null)) {
      HttpResponse<String> response =
          server.send(server.post("/stream", "{\"question\":\"Rain?\"}"));

      assertThat(response.statusCode()).isEqualTo(200);
      assertThat(response.body()).contains("event: retrieved").contains("event: failed");
    }
  }

  @Test
  void aSilentModelKeepsNobodyWaitingForThePings() throws Exception {
    ScriptedModel model = new ScriptedModel(_ -> new CountDownLatch(1).await());
    try (TestServer server = TestServer.pinging(model);
        Socket socket = server.posted("/v1/chat/completions", STREAMED)) {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      assertThat(lines.readLine()).isEqualTo("HTTP/1.1 200 OK");
      String line = lines.readLine();
      while (!line.contains("\"role\":\"assistant\"")) {
        line = lines.readLine();
      }
      while (!line.equals(": ping")) {
        line = lines.readLine();
      }
    }
  }

  @Test
  void whatWasFoundReachesUseChatBeforeALateFirstWord() throws Exception {
    ScriptedModel model = new ScriptedModel(_ -> new CountDownLatch(1).await());
    try (TestServer server = new TestServer(model);
        Socket socket = server.posted("/api/chat", "{" + MESSAGES + "}")) {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      while (!line.contains("\"type\":\"source-document\"")) {
        line = lines.readLine();
      }
    }
  }

  private static TestServer failing(Failure.Kind kind, @Nullable Duration retryAfter) {
    return new TestServer(
        new ScriptedModel(_ -> {
          throw new FailureException(kind, "it failed", "mend it") {
            private static final long serialVersionUID = 1L;

            @Override
            public @Nullable Duration retryAfter() {
              return retryAfter;
            }
          };
        }));
  }
}
