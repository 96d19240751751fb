package dev.ragstream.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.cli.Served;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Keys are planted, every fault is forced in every wire, and all that comes out is searched:
 * responses, WebSocket messages, the access log, metrics, the journal.
 */
class CanaryTest {

  private static final String TOKEN = "canary-token-77aa-never-shown";
  private static final String OTHER_KEY = "sk-canary-of-nobody-never-shown";
  private static final long PATIENCE_SECONDS = 120;

  private static final List<String> MODELS =
      List.of(
          ModelServer.THINKER,
          ModelServer.BROKEN,
          ModelServer.GONE,
          ModelServer.PAGE,
          ModelServer.REFUSING + "400",
          ModelServer.REFUSING + "401",
          ModelServer.REFUSING + "403",
          ModelServer.REFUSING + "404",
          ModelServer.REFUSING + "418",
          ModelServer.REFUSING + "429",
          ModelServer.REFUSING + "500",
          ModelServer.REFUSING + "503",
          "anthropic:nobody-listens",
          "openai:not-allowed");

  private static final List<String> ROUTES =
      List.of(
          "/stream",
          "/stream?wire=classic",
          "/v1/chat/completions",
          "/api/chat",
          "/api/ask",
          "/api/runs");

  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, String> seen = new ConcurrentSkipListMap<>();

  @Test
  void noKeyIsEverShown(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/weather.md"), "# Weather\n\nCarry an umbrella.\n");
    Files.writeString(
        folder.resolve("ragstream.yaml"),
        """
        serve:
          token: ${SERVE_TOKEN}
          models: [%s]
        """
            .formatted(String.join(", ", MODELS.subList(0, MODELS.size() - 1))));
    try (ModelServer models = new ModelServer()) {
      Served server = Served.indexed(folder, environment(models), List.of("-v"), "docs");
      try (server) {
        ask(server);
        look(server);
      }
      seen.put("what it said", server.said());
      assertThat(models.authorizations()).contains("Bearer " + ModelServer.KEY);
    }
    for (Path file : files(folder.resolve(".ragstream"))) {
      seen.put(file.toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
    }

    assertThat(seen).hasSizeGreaterThan(MODELS.size() * (ROUTES.size() + 3));
    // What the model's server said does come through, all but its key.
    assertThat(seen.values()).anyMatch(text -> text.contains("Incorrect API key provided"));
    assertThat(seen.get("what it said")).contains("POST /stream → 200", "POST /stream → 401");
    assertThat(seen.keySet()).anyMatch(name -> name.endsWith("journal.db"));
    Map<String, String> shown = new TreeMap<>(seen);
    shown.values().removeIf(text -> secrets().noneMatch(text::contains));
    assertThat(shown).isEmpty();
  }

  private static Stream<String> secrets() {
    return Stream.of(ModelServer.KEY, OTHER_KEY, TOKEN)
        .flatMap(secret ->
            Stream.of(
                secret,
                Base64.getEncoder()
                    .withoutPadding()
                    .encodeToString(secret.getBytes(StandardCharsets.UTF_8))));
  }

  private static Map<String, String> environment(ModelServer models) {
    return Map.of(
        "OPENAI_BASE_URL",
        models.url(),
        "OPENAI_API_KEY",
        ModelServer.KEY,
        "ANTHROPIC_BASE_URL",
        "http://127.0.0.1:1",
        "ANTHROPIC_API_KEY",
        OTHER_KEY,
        "SERVE_TOKEN",
        TOKEN);
  }

  /** Everything at once: some models' servers are asked again after a while. */
  private void ask(Served server) throws Exception {
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> asked = new ArrayList<>();
      for (String model : MODELS) {
        for (String route : ROUTES) {
          for (String rehearse : List.of("", "error=1", "cut=2", "429", "503")) {
            if (rehearse.isEmpty() || model.equals(ModelServer.THINKER)) {
              asked.add(
                  all.submit(() -> post(server, route, body(route, model, rehearse), rehearse)));
            }
          }
        }
        for (String wire : List.of("native", "classic")) {
          asked.add(all.submit(() -> message(server, wire, model)));
        }
      }
      for (String route : ROUTES) {
        asked.add(all.submit(() -> post(server, route, "{", "malformed")));
        asked.add(all.submit(() -> stranger(server, route)));
      }
      for (Future<?> each : asked) {
        each.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      }
    }
  }

  private static String body(String route, String model, String rehearse) {
    String asked =
        route.startsWith("/v1/") || route.equals("/api/chat")
            ? "\"messages\":[{\"role\":\"user\",\"content\":\"Rain?\"}]"
            : "\"question\":\"Rain?\",\"userId\":\"u\",\"chatId\":\"c\"";
    return "{%s,\"stream\":true,\"model\":\"%s\",\"rehearse\":\"%s\"}"
        .formatted(asked, model, rehearse);
  }

  private @Nullable Void post(Served server, String route, String body, String how)
      throws IOException, InterruptedException {
    HttpRequest request =
        request(server, route)
            .header("Authorization", "Bearer " + TOKEN)
            .timeout(Duration.ofSeconds(PATIENCE_SECONDS))
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      note(route + how + body, told(client.send(request, BodyHandlers.ofString())));
    } catch (IOException e) {
      note(route + how, String.valueOf(e)); // cut off
    }
    return null;
  }

  private @Nullable Void stranger(Served server, String route)
      throws IOException, InterruptedException {
    for (String authorization : List.of("Bearer " + TOKEN + "x", "Basic Og==", "Bearer")) {
      HttpRequest request =
          request(server, route)
              .header("Authorization", authorization)
              .POST(BodyPublishers.ofString("{}"))
              .build();
      note(
          route + authorization.substring(0, 5),
          told(client.send(request, BodyHandlers.ofString())));
    }
    return null;
  }

  private static HttpRequest.Builder request(Served server, String path) {
    return HttpRequest.newBuilder(URI.create(server.url() + path));
  }

  private static String told(HttpResponse<String> response) {
    return response.statusCode() + " " + response.headers().map() + "\n" + response.body();
  }

  private @Nullable Void message(Served server, String wire, String model) throws Exception {
    CompletableFuture<String> whole = new CompletableFuture<>();
    StringBuilder heard = new StringBuilder();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          @Override
          public @Nullable CompletionStage<?> onText(
              WebSocket socket, CharSequence data, boolean last) {
            heard.append(data);
            socket.request(1);
            if (Stream.of("\"completed\"", "\"failed\"", "messageend", "\"-1\"")
                .anyMatch(end -> heard.indexOf(end) >= 0)) {
              whole.complete(heard.toString());
            }
            return null;
          }
        };
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .header("Authorization", "Bearer " + TOKEN)
            .buildAsync(
                URI.create(server.url().toString().replace("http", "ws") + "/ws_chat?wire=" + wire),
                listener)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    var _ = socket.sendText("{\"question\":\"Rain?\",\"model\":\"%s\"}".formatted(model), true);
    note("ws " + wire + " " + model, whole.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    socket.abort();
    return null;
  }

  /** What can be read afterwards. */
  private void look(Served server) throws IOException, InterruptedException {
    for (String path :
        List.of(
            "/api/runs", "/v1/models", "/metrics", "/readyz", "/healthz", "/openapi.json", "/")) {
      HttpRequest request =
          request(server, path).header("Authorization", "Bearer " + TOKEN).build();
      note(path, told(client.send(request, BodyHandlers.ofString())));
    }
  }

  private void note(String what, String text) {
    seen.merge(what, text, String::concat);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }
}
