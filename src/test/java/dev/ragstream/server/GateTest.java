package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ScriptedModel;
import dev.ragstream.core.Secret;
import dev.ragstream.server.Knocking.Answer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands before all routes, beside who may come in ({@link GuardMatrixTest}). */
class GateTest {

  private static final String TOKEN = "canary-token-5f1d";
  private static final String RIGHT = "Bearer " + TOKEN;
  private static final String FRIEND = "http://localhost:5173";

  private static final ServerOptions LOCKED =
      new ServerOptions(
          false,
          new Secret("$TOKEN", () -> TOKEN),
          Set.of(),
          List.of(FRIEND),
          1000,
          null,
          Map.of(),
          null,
          null,
          Duration.ofMinutes(2));

  @Test
  void whatIsSaidTwiceIsNotBelieved() throws Exception {
    try (TestServer server = server()) {
      for (List<String> headers :
          List.of(
              List.of("Host: localhost", "Host: evil.example"),
              List.of("Host: evil.example", "Host: localhost"),
              List.of("Host: localhost", "Host: localhost"),
              List.of("Host: localhost", "Origin: " + FRIEND, "Origin: http://evil.example"),
              List.of("Host: localhost", "Origin: http://evil.example", "Origin: " + FRIEND),
              List.of("Host: localhost", "Origin: " + FRIEND, "Origin: null"))) {
        assertThat(knock(server, "GET /healthz", headers)).as("%s", headers).isIn(400, 403);
        assertThat(knock(server, "UPGRADE /ws_chat", headers)).as("%s", headers).isIn(400, 403);
      }
      assertThat(knock(server, "GET /healthz", List.of("Host: localhost", "Authorization: no")))
          .isEqualTo(401);
      assertThat(lives(server)).isTrue();
    }
  }

  @Test
  void theHostInTheRequestLineCounts() throws Exception {
    try (TestServer server = server()) {
      List<String> local = List.of("Host: localhost");
      List<String> evil = List.of("Host: evil.example");
      assertThat(knock(server, "GET http://localhost/healthz", local)).isEqualTo(200);
      for (String line :
          List.of("GET http://evil.example/healthz", "GET http://localhost@evil.example/healthz")) {
        assertThat(knock(server, line, local)).as(line).isIn(400, 403);
        assertThat(knock(server, line, evil)).as(line).isIn(400, 403);
      }
      assertThat(knock(server, "GET http://localhost/healthz", evil)).isIn(400, 403);
      assertThat(knock(server, "GET file:///etc/passwd", local)).isIn(400, 403, 404);
      assertThat(knock(server, "CONNECT evil.example:80", evil)).isIn(400, 403);
      assertThat(knock(server, "OPTIONS *", evil)).isIn(400, 403);
      assertThat(knock(server, "GET /healthz", List.of())).isIn(400, 403);
      assertThat(lives(server)).isTrue();
    }
  }

  @Test
  void noPathLeadsPastTheGate() throws Exception {
    try (TestServer server = server()) {
      for (String path :
          List.of(
              "/../healthz",
              "/%2e%2e/etc/passwd",
              "/..%2f..%2fetc/passwd",
              "//healthz",
              "/healthz;x=1",
              "/%68ealthz",
              "/healthz/",
              "/healthz%00",
              "/openapi.json/../../../../etc/passwd",
              "/" + "a".repeat(10_000))) {
        Answer stranger =
            Knocking.of("GET " + path, "evil.example", null, RIGHT).send(server.port());
        assertThat(stranger.status()).as(path).isIn(400, 403, 414, 431);
        Answer friend = Knocking.of("GET " + path, "localhost", null, RIGHT).send(server.port());
        assertThat(friend.status()).as(path).isIn(200, 400, 404, 414, 431);
        Answer socket =
            Knocking.of("UPGRADE /ws_chat" + path, "evil.example", null, RIGHT).send(server.port());
        assertThat(socket.status()).as(path).isIn(400, 403, 414, 431);
      }
      assertThat(lives(server)).isTrue();
    }
  }

  @Test
  void aPageOfAnAllowedOriginMayAskFirstAndReadTheAnswer() throws Exception {
    try (TestServer server = server()) {
      for (String path : paths(server)) {
        Answer answer = preflight(server, path, FRIEND);
        assertThat(answer.status()).as(path).isEqualTo(204);
        assertThat(answer.headers())
            .contains(
                "Access-Control-Allow-Origin: " + FRIEND,
                "Access-Control-Allow-Methods: GET, POST, DELETE",
                "Access-Control-Allow-Headers: authorization, last-event-id");
        Answer refused = preflight(server, path, "http://evil.example");
        assertThat(refused.status()).as(path).isEqualTo(403);
        assertThat(refused.headers()).noneMatch(line -> line.startsWith("Access-Control-"));
      }
      Answer read = Knocking.of("GET /healthz", "localhost", FRIEND, RIGHT).send(server.port());
      assertThat(read.headers())
          .contains(
              "Access-Control-Allow-Origin: " + FRIEND,
              "Cross-Origin-Resource-Policy: cross-origin")
          .doesNotContain("Access-Control-Allow-Credentials: true");
      assertThat(server.backend.choices).isEmpty();
    }
  }

  @Test
  void everyResponseHasTheHeadersThatKeepBrowsersSafe() throws Exception {
    try (TestServer server = server()) {
      List<String> lines = new ArrayList<>(server.routes());
      Collections.addAll(
          lines, "GET /", "GET /no/such/route", "PUT /stream", "GET /stream", "UPGRADE /stream");
      for (String route : lines) {
        String line = route.replace("{id}", "0");
        for (Knocking knocking :
            List.of(
                Knocking.of(line, "localhost", null, RIGHT),
                Knocking.of(line, "localhost", null, null),
                Knocking.of(line, "evil.example", null, RIGHT),
                Knocking.of(line, "localhost", "http://evil.example", RIGHT))) {
          assertThat(knocking.send(server.port()).headers())
              .as("%s", knocking)
              .contains(
                  "X-Content-Type-Options: nosniff",
                  "X-Frame-Options: DENY",
                  "Referrer-Policy: no-referrer",
                  "Cross-Origin-Resource-Policy: same-origin",
                  "Vary: Origin")
              .anyMatch(header ->
                  header.matches("Content-Security-Policy: default-src .*frame-ancestors 'none'.*"))
              .anyMatch(header -> header.matches("Cache-Control: .*(no-store|no-cache).*"))
              .noneMatch(header -> header.matches("(?i)(Set-Cookie|Server|X-Powered-By):.*"))
              .noneMatch(header -> header.contains(TOKEN));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /healthz          | [:             | 400 | failed",
        "GET /healthz          | localhost:1:2  | 400 | failed",
        "GET //stream          | localhost      | 400 | failed",
        "GET /v1//models       | localhost      | 400 | error",
        "GET /healthz/%2e%2e/x | localhost      | 400 | failed",
        "GET /healthz%00       | localhost      | 400 | failed",
        "GET /healthz x        | localhost      | 400 | failed",
        "GARBAGE               | localhost      | 505 | failed"
      })
  void whatIsNoRequestIsToldAsEverythingElseIs(String line, String host, int status, String word)
      throws Exception {
    try (TestServer server = server()) {
      String answer =
          new Knocking(
                  line, List.of("Host: " + host, "Authorization: " + RIGHT, "Connection: close"))
              .whole(server.port());

      assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
      assertThat(answer.lines().toList())
          .contains(
              "Content-Type: application/json",
              "X-Content-Type-Options: nosniff",
              "X-Frame-Options: DENY",
              "Referrer-Policy: no-referrer",
              "Content-Security-Policy: default-src 'none'; frame-ancestors 'none'",
              "Cross-Origin-Resource-Policy: same-origin",
              "Cache-Control: no-store",
              "Vary: Origin");
      assertThat(answer.substring(answer.indexOf("\r\n\r\n")))
          .contains("\"" + word + "\"")
          .doesNotContain("<", TOKEN);
      assertThat(lives(server)).isTrue();
    }
  }

  @Test
  void aBodyThatIsTooLargeIsRefusedOnEveryRouteThatTakesOne() throws Exception {
    try (TestServer server = server()) {
      List<String> posts =
          server.routes().stream().filter(route -> route.startsWith("POST ")).toList();
      assertThat(posts).isNotEmpty();
      String body = "{\"question\":\"" + "x".repeat(70_000) + "\"}";
      for (String post : posts) {
        var response =
            server.send(
                server.post(post.substring("POST ".length()), body).header("Authorization", RIGHT));
        assertThat(response.statusCode()).as(post).isEqualTo(413);
        assertThat(response.body()).as(post).contains("too large");
      }
      assertThat(server.backend.choices).isEmpty();
      assertThat(lives(server)).isTrue();
    }
  }

  private static TestServer server() {
    return new TestServer(new ScriptedModel(reader -> reader.text("Yes.")), LOCKED);
  }

  @Test
  void aPageOfAnAllowedOriginMayReadWhyItIsRefused() throws Exception {
    try (TestServer server = server()) {
      Answer tokenless = Knocking.of("POST /stream", "localhost", FRIEND, null).send(server.port());
      assertThat(tokenless.status()).isEqualTo(401);
      Answer misdirected =
          Knocking.of("POST /stream", "evil.example", FRIEND, RIGHT).send(server.port());
      assertThat(misdirected.status()).isEqualTo(403);
      for (Answer refused : List.of(tokenless, misdirected)) {
        assertThat(refused.headers())
            .contains(
                "Access-Control-Allow-Origin: " + FRIEND,
                "Access-Control-Expose-Headers: X-Ragstream-Run, Location, Retry-After,"
                    + " WWW-Authenticate");
      }
    }
  }

  @Test
  void aWebSocketOfAWireThatThereIsNotIsRefusedAsAStreamIs() throws Exception {
    try (TestServer server = server()) {
      for (String line : List.of("POST /stream?wire=bogus", "UPGRADE /ws_chat?wire=bogus")) {
        Answer refused = Knocking.of(line, "localhost", null, RIGHT).send(server.port());
        assertThat(refused.status()).as(line).isEqualTo(400);
        assertThat(refused.headers()).contains("Content-Type: application/json");
      }
      assertThat(lives(server)).isTrue();
    }
  }

  private static List<String> paths(TestServer server) {
    return Stream.concat(
            server.routes().stream().map(route -> route.substring(route.indexOf(' ') + 1)),
            Stream.of(SocketRoutes.PATH, "/no/such/route"))
        .map(path -> path.replace("{id}", "0"))
        .distinct()
        .toList();
  }

  private static Answer preflight(TestServer server, String path, String origin)
      throws IOException {
    return new Knocking(
            "OPTIONS " + path,
            List.of(
                "Host: localhost",
                "Origin: " + origin,
                "Access-Control-Request-Method: POST",
                "Access-Control-Request-Headers: authorization, last-event-id"))
        .send(server.port());
  }

  /** The status for a request with the right token and these headers. */
  private static int knock(TestServer server, String line, List<String> headers)
      throws IOException {
    List<String> all = new ArrayList<>(headers);
    if (headers.stream().noneMatch(header -> header.startsWith("Authorization"))) {
      all.add("Authorization: " + RIGHT);
    }
    return new Knocking(line, all).send(server.port()).status();
  }

  private static boolean lives(TestServer server) throws IOException {
    return knock(server, "GET /healthz", List.of("Host: localhost")) == 200;
  }
}
