package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.faults.RawSocket;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every trouble that can be rehearsed, over SSE and over WebSocket. */
class RehearsalTest {

  private static final JsonMapper MAPPER = new JsonMapper();

  @Test
  void piecesComeNoFasterThanTheRate() throws Exception {
    try (TestServer server = saying()) {
      for (Way way : ways(server)) {
        long start = System.nanoTime();
        assertThat(way.types("rate=20/s"))
            .containsExactly("retrieved", "prompt", "text", "text", "text", "text", "completed");
        // four pieces, the first of them at once
        assertThat(millisSince(start)).isGreaterThanOrEqualTo(150);
      }
    }
  }

  @Test
  void theFirstPieceIsLate() throws Exception {
    try (TestServer server = saying()) {
      for (Way way : ways(server)) {
        long start = System.nanoTime();
        assertThat(way.types("first=300ms")).endsWith("completed");
        assertThat(millisSince(start)).isGreaterThanOrEqualTo(300);
      }
    }
  }

  @Test
  void anErrorComesAfterSoManyPieces() throws Exception {
    try (TestServer server = saying()) {
      for (Way way : ways(server)) {
        assertThat(way.types("error=2"))
            .containsExactly("retrieved", "prompt", "text", "text", "failed");
        assertThat(way.types("error=0")).containsExactly("retrieved", "prompt", "failed");
      }
      HttpResponse<String> early =
          server.send(
              server.post(
                  "/v1/chat/completions",
                  "{\"stream\":true,\"rehearse\":\"error=0\","
                      + "\"messages\":[{\"role\":\"user\",\"content\":\"Rain?\"}]}"));
      assertThat(early.statusCode()).isEqualTo(502);
    }
  }

  @Test
  void theConnectionBreaksOffAfterSoManyEvents() throws Exception {
    try (TestServer server = saying()) {
      for (Way way : ways(server)) {
        assertThat(way.types("cut=3")).containsExactly("retrieved", "prompt", "text");
        assertThat(way.types("cut=0")).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/ask", "/v1/chat/completions"})
  void anAnswerInOnePieceBreaksOffToo(String path) throws Exception {
    try (TestServer server = saying()) {
      String asked = Knocking.body(path).replaceFirst("\\{", "{\"rehearse\":\"cut=%d\",");
      try (Socket socket = server.posted(path, asked.formatted(3))) {
        String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(all).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n1\r\n{");
      }
      // seven events are all that there are
      assertThat(server.send(server.post(path, asked.formatted(7))).body()).contains("abc雨");
    }
  }

  @Test
  void aRunThatStaysCanBeReadOnAfterACut() throws Exception {
    try (TestServer server = saying()) {
      String kept = "{\"question\":\"Rain?\",\"keep\":true,\"rehearse\":\"cut=3\"}";
      String run;
      try (Socket socket = server.posted("/stream", kept)) {
        run =
            lines(socket).stream()
                .filter(line -> line.startsWith("X-Ragstream-Run: "))
                .findFirst()
                .orElseThrow()
                .substring("X-Ragstream-Run: ".length());
      }
      HttpResponse<String> rest =
          server.send(server.request("/api/runs/" + run + "/events").header("Last-Event-ID", "3"));
      assertThat(rest.body()).startsWith("event: text\nid: 4\n").contains("event: completed");
    }
  }

  @Test
  void everySoManyEventsOneComesTwice() throws Exception {
    try (TestServer server = saying()) {
      for (Way way : ways(server)) {
        assertThat(way.types("duplicate=2"))
            .containsExactly(
                "retrieved",
                "prompt",
                "prompt",
                "text",
                "text",
                "text",
                "text",
                "text",
                "text",
                "completed");
      }
    }
  }

  @Test
  void whatIsSplitIsTheSameWhenItIsPutTogether() throws Exception {
    try (TestServer server = saying()) {
      for (Way way : ways(server)) {
        assertThat(way.types("split"))
            .containsExactly("retrieved", "prompt", "text", "text", "text", "text", "completed");
      }
      try (SocketClient talk = new SocketClient(server)) {
        talk.say("{\"id\":\"a\",\"question\":\"Rain?\",\"rehearse\":\"split\"}");
        talk.say("{\"id\":\"b\",\"question\":\"Rain?\"}");
        List<JsonNode> both = new ArrayList<>();
        while (both.stream().filter(each -> type(each).equals("completed")).count() < 2) {
          both.add(talk.hear());
        }
        assertThat(both).hasSize(14);
        assertThat(talk.fragments).hasPositiveValue();
      }
    }
  }

  @Test
  void aStallEndsAsARealOneDoesWhenTheModelIsGivenUp() throws Exception {
    try (TestServer server = saying()) {
      server.options = patientFor(Duration.ofMillis(300));
      for (Way way : ways(server)) {
        long start = System.nanoTime();
        assertThat(way.types("stall=1")).containsExactly("retrieved", "prompt", "text", "failed");
        assertThat(millisSince(start)).isGreaterThanOrEqualTo(300);
        assertThat(way.types("stall=0")).containsExactly("retrieved", "prompt", "failed");
      }
      String stalling = "{\"question\":\"Rain?\",\"rehearse\":\"stall=1\"}";
      HttpResponse<String> whole = server.send(server.post("/api/ask", stalling));
      assertThat(whole.statusCode()).isEqualTo(504);
      assertThat(whole.body()).contains("\"upstream_stalled\"");
      String run =
          server
              .send(server.post("/api/runs", stalling))
              .headers()
              .firstValue("Location")
              .orElseThrow();
      assertThat(server.get(run + "/events").body())
          .contains("\"text\":\"a\"", "\"kind\":\"upstream_stalled\"")
          .doesNotContain("\"text\":\"b\"");
    }
  }

  @Test
  void aStallLastsAsLongAsTheModelMayBeSilent() throws Exception {
    try (TestServer server = TestServer.pinging(TestServer.modelSaying("a", "b"))) {
      try (Socket socket =
          server.posted("/stream", "{\"question\":\"Rain?\",\"rehearse\":\"stall=1\"}")) {
        BufferedReader lines = reader(socket);
        while (!lines.readLine().contains("\"text\":\"a\"")) {
          // not yet
        }
        while (!lines.readLine().equals(": ping")) {
          // the stall
        }
      }
      try (SocketClient talk = new SocketClient(server)) {
        talk.say("{\"id\":\"q\",\"question\":\"Rain?\",\"rehearse\":\"stall=0\"}");
        assertThat(type(talk.hear())).isEqualTo("retrieved");
        assertThat(type(talk.hear())).isEqualTo("prompt");
        talk.say("{\"type\":\"cancel\",\"id\":\"q\"}");
        assertThat(type(talk.hear())).isEqualTo("cancelled");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {429, 503})
  void theRequestIsRefused(int status) throws Exception {
    try (TestServer server = saying()) {
      for (String path : List.of("/stream", "/api/ask", "/v1/chat/completions", "/api/chat")) {
        String body =
            Knocking.body(path)
                .replaceFirst("\\{", "{\"rehearse\":\"%d\",\"stream\":true,".formatted(status));
        HttpResponse<String> response = server.send(server.post(path, body));
        assertThat(response.statusCode()).as(path).isEqualTo(status);
        assertThat(response.headers().firstValue("Retry-After")).as(path).hasValue("2");
        assertThat(response.body())
            .as(path)
            .contains(status == 429 ? "upstream_rate_limited" : "upstream_error");
      }
      assertThat(new OverWebSocket(server).types(Integer.toString(status)))
          .containsExactly("failed");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "luck=1",
        "rate",
        "rate=0/s",
        "rate=1ms",
        "first",
        "stall",
        "cut=",
        "cut=-1",
        "duplicate=0",
        "split=2",
        "429=1",
        "404",
        "rate=20/s,",
        "cut=1234567"
      })
  void whatCannotBeRehearsedIsRefused(String trouble) throws Exception {
    try (TestServer server = saying()) {
      HttpResponse<String> response =
          server.send(
              server.post(
                  "/stream", "{\"question\":\"Rain?\",\"rehearse\":\"%s\"}".formatted(trouble)));
      assertThat(response.statusCode()).isEqualTo(400);
      assertThat(response.body()).contains("rehearsed");
    }
  }

  private static ServerOptions patientFor(Duration modelIdle) {
    ServerOptions open = TestServer.OPEN;
    return new ServerOptions(
        open.classic(),
        open.token(),
        open.hosts(),
        open.origins(),
        open.mostRuns(),
        open.perMinute(),
        open.organisations(),
        open.organisationField(),
        open.rehearse(),
        modelIdle);
  }

  private static TestServer saying() {
    return TestServer.saying("a", "b", "c", "雨");
  }

  private static List<Way> ways(TestServer server) {
    return List.of(new OverEvents(server), new OverWebSocket(server));
  }

  /** The types of the events of an answer, as they come over one wire. */
  private interface Way {
    List<String> types(String trouble) throws Exception;
  }

  private record OverEvents(TestServer server) implements Way {
    @Override
    public List<String> types(String trouble) throws Exception {
      String body = "{\"question\":\"Rain?\",\"rehearse\":\"" + trouble + "\"}";
      List<String> types = new ArrayList<>();
      // Java's client may forget what it has not handed out yet when the connection breaks off.
      try (Socket socket = server.posted("/stream", body)) {
        lines(socket).stream()
            .filter(line -> line.startsWith("event: "))
            .forEach(line -> types.add(line.substring("event: ".length())));
      }
      return types;
    }
  }

  private record OverWebSocket(TestServer server) implements Way {
    @Override
    public List<String> types(String trouble) throws Exception {
      // Java's client may say nothing of a connection that breaks off, or fail by itself.
      try (RawSocket talk = RawSocket.open(server.port(), SocketRoutes.PATH)) {
        talk.say("{\"question\":\"Rain?\",\"rehearse\":\"" + trouble + "\"}");
        List<String> types = new ArrayList<>();
        for (String frame = talk.hear(); frame != null; frame = talk.hear()) {
          types.add(type(MAPPER.readTree(frame)));
          if (List.of("completed", "failed", "cancelled").contains(types.getLast())) {
            break;
          }
        }
        return types;
      }
    }
  }

  private static String type(JsonNode event) {
    return event.path("type").asString();
  }

  /** All lines until the end of the answer, or of the connection. */
  private static List<String> lines(Socket socket) throws IOException {
    List<String> lines = new ArrayList<>();
    BufferedReader reader = reader(socket);
    try {
      for (String line = reader.readLine(); line != null && !line.equals("0"); ) {
        lines.add(line);
        line = reader.readLine();
      }
    } catch (IOException e) {
      // broken off
    }
    return lines;
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static long millisSince(long start) {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
