package dev.ragstream.rerank;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server whose model counts the words that a text shares with the question. Speaks Cohere's shape
 * at {@code /v2/rerank} and text-embeddings-inference's at {@code /rerank}; the best comes first.
 */
public final class RerankServer implements AutoCloseable {

  private final HttpServer server;
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private volatile @Nullable String instead;
  private volatile int status = 200;

  public RerankServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v2/rerank", exchange -> serve(exchange, true));
    server.createContext("/rerank", exchange -> serve(exchange, false));
    server.start();
  }

  public URI cohere() {
    return address("/v2/rerank");
  }

  public URI tei() {
    return address("/rerank");
  }

  /** From now on, this is answered. */
  public void instead(int code, String body) {
    status = code;
    instead = body;
  }

  public List<JsonNode> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private URI address(String path) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
  }

  private void serve(HttpExchange exchange, boolean cohere) throws IOException {
    try (exchange) {
      JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      requests.add(request);
      String other = instead;
      String answer =
          other != null ? other : cohere ? cohere(request).toString() : tei(request).toString();
      byte[] body = answer.getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static ObjectNode cohere(JsonNode request) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("id", "1");
    ArrayNode results = answer.putArray("results");
    judged(request, "documents").stream()
        .limit(request.path("top_n").asInt())
        .forEach(each ->
            results.addObject().put("index", each.index).put("relevance_score", each.score));
    return answer;
  }

  private static ArrayNode tei(JsonNode request) {
    ArrayNode answer = JsonNodeFactory.instance.arrayNode();
    judged(request, "texts")
        .forEach(each -> answer.addObject().put("index", each.index).put("score", each.score));
    return answer;
  }

  private static List<Judged> judged(JsonNode request, String field) {
    Set<String> asked = words(request.path("query").asString());
    List<Judged> judged = new ArrayList<>();
    for (JsonNode text : request.path(field)) {
      Set<String> shared = words(text.asString());
      shared.retainAll(asked);
      judged.add(new Judged(judged.size(), (double) shared.size() / asked.size()));
    }
    judged.sort(Comparator.comparingDouble(Judged::score).reversed());
    return judged;
  }

  private static Set<String> words(String text) {
    return new HashSet<>(List.of(text.toLowerCase(Locale.ROOT).split("\\W+")));
  }

  private record Judged(int index, double score) {}
}
