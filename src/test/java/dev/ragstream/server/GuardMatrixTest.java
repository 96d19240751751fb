package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ScriptedModel;
import dev.ragstream.core.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every mixture of names, pages and tokens, at every route that the server has, over HTTP and
 * WebSocket: none is wrongly let in, and none wrongly kept out.
 */
class GuardMatrixTest {

  /** Jetty complains of each Host that is none; held, or the level would be forgotten. */
  private static final Logger COMPLAINTS = Logger.getLogger("org.eclipse.jetty.util.HostPort");

  static {
    COMPLAINTS.setLevel(Level.OFF);
  }

  private static final String TOKEN = "canary-token-5f1d";
  private static final String RIGHT = "Bearer " + TOKEN;
  private static final String FRIEND = "http://localhost:5173";

  /** Beside the routes that the server lists. */
  private static final List<String> NO_ROUTES =
      List.of("GET /", "GET /no/such/route", "PUT /stream", "HEAD /healthz", "TRACE /healthz");

  private static final List<String> OWN_HOSTS =
      List.of(
          "localhost",
          "LocalHost:1",
          "127.0.0.1:5759",
          "127.0.0.2",
          "[::1]:80",
          "[0:0:0:0:0:0:0:1]",
          "rag.example.com",
          "RAG.example.com:443");

  private static final List<String> FOREIGN_HOSTS =
      List.of(
          "evil.example",
          "vite",
          "localhos",
          "localhostt",
          "localhost.",
          "localhost.:5759",
          "localhost.example.com",
          "localhost.example.com:5759",
          "localhost-example.com",
          "evil-localhost",
          "127.0.0.1.example.com",
          "127.0.0.1.nip.io",
          "rag.example.com.evil.example",
          "evil.rag.example.com",
          "rag_example.com",
          "192.168.1.7",
          "10.0.0.1:5759",
          "255.255.255.256",
          "127.1",
          "2130706433",
          "0x7f000001",
          "0177.0.0.1",
          "[::2]",
          "[::ffff:127.0.0.1]",
          "[2001:db8:0:0:1:0:0:1]:5173");

  private static final List<String> NO_HOSTS =
      List.of(
          "",
          " ",
          "[:",
          "[",
          "[]",
          "[::1",
          "[::z]",
          "[::1%25lo]",
          "::1",
          "a b",
          "localhost:x",
          "localhost:-1",
          "localhost:999999",
          "localhost:1:2",
          "@localhost",
          "me:secret@localhost",
          "evil.example@localhost",
          "localhost@evil.example",
          "localhost/x",
          "localhost#evil.example",
          "localhost?evil.example",
          "localhost\\evil.example",
          "localhost,localhost",
          "http://localhost",
          "file:///path/to/file.html",
          "mailto:foo@bar.com",
          "local%68ost",
          "\u00e9",
          "\u217c\u043ecalhost",
          "localhost\u0000");

  private static final List<String> FOREIGN_ORIGINS =
      List.of(
          "null",
          "NULL",
          "",
          "*",
          "file:",
          "file://",
          "file:///foo",
          "about:blank",
          "data:text/html,x",
          "chrome-extension://abc",
          "moz-extension://abc",
          "http://",
          "http:",
          "//localhost",
          "localhost",
          "localhost:5173",
          "http://vite",
          "http://vite:3000",
          "http://evil.example",
          "http://evil.example:5173",
          "http://localhost.example.com",
          "http://localhost.example.com:5173",
          "http://foo.example.com:localhost",
          "http://localhost:5173.evil.example",
          "http://localhost:5173@evil.example",
          "http://localhost:5173/",
          "http://localhost:5173/x",
          "http://localhost:5173 http://evil.example",
          "http://localhost:5173, http://evil.example",
          "http://localhost:5174",
          "http://localhost:51733",
          "http://localhost.:5173",
          "http://foo.localhost",
          "https://localhost:5173",
          "ws://localhost:5173",
          "http://me:secret@localhost:5173",
          "http://127.0.0.1:5173",
          "http://[::1]:5173",
          "http://[2001:db8::1]",
          "http://[::1",
          "http://192.0.2",
          "http://rag.example.com.evil.example",
          "http://xn--lcalhost-55a:5173",
          "%%%",
          "http://\u00e9vil.example");

  private static final List<@Nullable String> WRONG_TOKENS =
      Stream.of(
              null,
              "",
              "Bearer",
              "Bearer wrong",
              RIGHT + "x",
              RIGHT.substring(0, RIGHT.length() - 1),
              "Bearer " + TOKEN.substring(1),
              "Bearer " + TOKEN.toUpperCase(Locale.ROOT),
              "Bearer " + TOKEN + " " + TOKEN,
              "Bearer \"" + TOKEN + "\"",
              "Token " + TOKEN,
              TOKEN,
              "Basic !!!",
              "Basic d3Jvbmc6d3Jvbmc=",
              "Basic Y2FuYXJ5LXRva2VuLTVmMWQ6d3Jvbmc=") // the token as a name
          .toList();

  private static final List<String> RIGHT_TOKENS =
      List.of(RIGHT, "bearer  " + TOKEN, "Basic dXNlcjpjYW5hcnktdG9rZW4tNWYxZA==");

  /**
   * Who knocks.
   *
   * @param expected what those are told who may not come in; empty for those who may
   */
  private record Visitor(
      String host, @Nullable String origin, @Nullable String authorization, Set<Integer> expected) {

    static Visitor friend(String host, @Nullable String origin, @Nullable String authorization) {
      return new Visitor(host, origin, authorization, Set.of());
    }

    static Visitor stranger(
        String host, @Nullable String origin, @Nullable String authorization, Integer... expected) {
      return new Visitor(host, origin, authorization, Set.of(expected));
    }

    int knock(String line, int port) throws IOException {
      return Knocking.of(line, host, origin, authorization).send(port).status();
    }
  }

  @Test
  void onThisMachineNoForeignNameOrPageComesIn() throws Exception {
    check(false, "127.0.0.1");
  }

  @Test
  void onTheNetworkNobodyComesInWithoutTheTokenEither() throws Exception {
    check(true, "0.0.0.0");
  }

  private static void check(boolean locked, String address) throws Exception {
    ServerOptions options =
        new ServerOptions(
            false,
            locked ? new Secret("$TOKEN", () -> TOKEN) : null,
            Set.of("rag.example.com"),
            List.of(FRIEND),
            1000,
            null,
            Map.of(),
            null,
            null,
            Duration.ofMinutes(2));
    ScriptedBackend backend = new ScriptedBackend(new ScriptedModel(reader -> reader.text("Yes.")));
    try (TestServer server = new TestServer(backend, options, address)) {
      List<String> lines = lines(server.routes());
      List<Visitor> strangers = strangers(locked);
      assertThat(strangers).hasSizeGreaterThan(60).doesNotHaveDuplicates();

      assertThat(wrongly(server.port(), lines, strangers, Map.of())).isEmpty();
      assertThat(backend.choices).isEmpty();

      Map<String, Integer> usual = usual(server.port(), lines);
      assertThat(wrongly(server.port(), lines, friends(locked), usual)).isEmpty();
      assertThat(backend.choices).isNotEmpty();
    }
  }

  /** Each route, and a WebSocket at its path. */
  private static List<String> lines(List<String> routes) {
    assertThat(routes).contains("POST /stream", "GET /api/runs/{id}/events");
    Set<String> lines = new TreeSet<>();
    Stream.concat(routes.stream(), NO_ROUTES.stream())
        .map(route -> route.replace("{id}", "0"))
        .forEach(route -> {
          lines.add(route);
          lines.add("UPGRADE" + route.substring(route.indexOf(' ')));
        });
    lines.add("UPGRADE " + SocketRoutes.PATH);
    lines.add("UPGRADE " + SocketRoutes.PATH + "?wire=classic");
    return List.copyOf(lines);
  }

  private static List<Visitor> strangers(boolean locked) {
    List<Visitor> all = new ArrayList<>();
    for (String host : FOREIGN_HOSTS) {
      all.add(Visitor.stranger(host, null, RIGHT, 403));
      all.add(Visitor.stranger(host, "http://" + host, RIGHT, 403));
      all.add(Visitor.stranger(host, FRIEND, RIGHT, 403));
    }
    for (String host : NO_HOSTS) {
      all.add(Visitor.stranger(host, null, RIGHT, 400, 403));
      all.add(Visitor.stranger(host, "http://" + host, RIGHT, 400, 403));
    }
    for (String origin : FOREIGN_ORIGINS) {
      all.add(Visitor.stranger("localhost", origin, RIGHT, 400, 403));
      all.add(Visitor.stranger("rag.example.com:5759", origin, null, 400, 403));
    }
    all.add(Visitor.stranger("localhost", "http://localhost:1", RIGHT, 403));
    all.add(Visitor.stranger("localhost:1", "http://localhost", RIGHT, 403));
    all.add(Visitor.stranger("localhost:1", "http://127.0.0.1:1", RIGHT, 403));
    if (locked) {
      for (String token : WRONG_TOKENS) {
        all.add(Visitor.stranger("localhost", null, token, 401));
        all.add(Visitor.stranger("localhost:5759", "http://localhost:5759", token, 401));
        all.add(Visitor.stranger("localhost", FRIEND, token, 401));
        all.add(Visitor.stranger("evil.example", null, token, 403));
      }
    }
    return all;
  }

  private static List<Visitor> friends(boolean locked) {
    List<Visitor> all = new ArrayList<>();
    for (String host : OWN_HOSTS) {
      all.add(Visitor.friend(host, null, RIGHT));
      all.add(Visitor.friend(host, "http://" + host, RIGHT));
      all.add(Visitor.friend(host, FRIEND, RIGHT));
    }
    all.add(Visitor.friend("localhost:443", "https://localhost", RIGHT));
    all.add(Visitor.friend("localhost", "http://LOCALHOST:80", RIGHT));
    for (String token : locked ? RIGHT_TOKENS : WRONG_TOKENS) {
      all.add(Visitor.friend("localhost", null, token));
    }
    return all;
  }

  /** What each line is answered with to somebody of whom there is no doubt. */
  private static Map<String, Integer> usual(int port, List<String> lines) throws IOException {
    Map<String, Integer> usual = new TreeMap<>();
    for (String line : lines) {
      usual.put(line, Visitor.friend("localhost", null, RIGHT).knock(line, port));
    }
    assertThat(usual).doesNotContainValue(400).doesNotContainValue(401).doesNotContainValue(403);
    assertThat(usual)
        .containsEntry("POST /stream", 200)
        .containsEntry("POST /v1/chat/completions", 200)
        .containsEntry("POST /api/chat", 200)
        .containsEntry("POST /chathistory", 200)
        .containsEntry("GET /healthz", 200)
        .containsEntry("UPGRADE /ws_chat", 101)
        .containsEntry("UPGRADE /stream", 404);
    return usual;
  }

  /** Those who were answered otherwise than they should have been. */
  private static List<String> wrongly(
      int port, List<String> lines, List<Visitor> visitors, Map<String, Integer> usual)
      throws IOException {
    List<String> wrongly = new ArrayList<>();
    for (String line : lines) {
      for (Visitor visitor : visitors) {
        int status = visitor.knock(line, port);
        boolean right =
            visitor.expected.isEmpty()
                ? Integer.valueOf(status).equals(usual.get(line))
                : visitor.expected.contains(status);
        if (!right) {
          wrongly.add(line + " was answered with " + status + ": " + visitor);
        }
      }
    }
    return wrongly;
  }
}
