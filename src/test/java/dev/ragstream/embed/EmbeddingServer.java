package dev.ragstream.embed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server that embeds: a text's vector says which characters it holds. Speaks OpenAI's embeddings
 * below {@code /v1} and Ollama's below {@code /api}.
 */
public final class EmbeddingServer implements AutoCloseable {

  public static final int DIMENSIONS = 16;

  private final HttpServer server;
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
  private volatile Function<JsonNode, @Nullable Answer> instead = _ -> null;
  private volatile boolean base64;

  /** What the server answers in the place of vectors. */
  public record Answer(int status, String body) {

    public static Answer error(int status, String message) {
      return new Answer(status, "{\"error\":{\"message\":\"" + message + "\"}}");
    }
  }

  public EmbeddingServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/v1/embeddings", exchange -> serve(exchange, this::openAi));
    server.createContext("/api/embed", exchange -> serve(exchange, EmbeddingServer::ollama));
    server.start();
  }

  /** The address without a path, where Ollama's API begins. */
  public URI root() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The address below which OpenAI's API is. */
  public URI v1() {
    return root().resolve("/v1");
  }

  /** From now on, what this makes of a request is answered, where it makes something of it. */
  public void instead(Function<JsonNode, @Nullable Answer> answer) {
    instead = answer;
  }

  /** From now on, vectors of OpenAI's shape are sent as floats in base64. */
  void sendBase64() {
    base64 = true;
  }

  public List<JsonNode> requests() {
    return requests;
  }

  /** The texts of each request. */
  public List<List<String>> inputs() {
    return requests.stream().map(EmbeddingServer::inputs).toList();
  }

  public List<String> authorizations() {
    return authorizations;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void serve(HttpExchange exchange, Function<JsonNode, ObjectNode> embed)
      throws IOException {
    try (exchange) {
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      authorizations.add(authorization == null ? "" : authorization);
      JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      requests.add(request);
      Answer other = instead.apply(request);
      Answer answer = other == null ? new Answer(200, embed.apply(request).toString()) : other;
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  /** The last vector comes first: the order is in {@code index} alone. */
  private ObjectNode openAi(JsonNode request) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("object", "list");
    ArrayNode data = answer.putArray("data");
    List<String> texts = inputs(request);
    for (int i = texts.size() - 1; i >= 0; i--) {
      float[] vector = vector(texts.get(i), request.path("dimensions").asInt(DIMENSIONS));
      ObjectNode item = data.addObject().put("object", "embedding").put("index", i);
      if (base64) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * vector.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        item.put("embedding", Base64.getEncoder().encodeToString(bytes.array()));
      } else {
        numbers(item.putArray("embedding"), vector);
      }
    }
    return answer;
  }

  private static ObjectNode ollama(JsonNode request) {
    ObjectNode answer =
        JsonNodeFactory.instance.objectNode().put("model", request.path("model").asString());
    ArrayNode embeddings = answer.putArray("embeddings");
    for (String text : inputs(request)) {
      numbers(embeddings.addArray(), vector(text, request.path("dimensions").asInt(DIMENSIONS)));
    }
    return answer;
  }

  private static List<String> inputs(JsonNode request) {
    List<String> texts = new ArrayList<>();
    request.path("input").forEach(text -> texts.add(text.asString()));
    return texts;
  }

  private static void numbers(ArrayNode array, float[] vector) {
    for (float value : vector) {
      array.add(value);
    }
  }

  private static float[] vector(String text, int dimensions) {
    float[] vector = new float[dimensions];
    vector[0] = 1;
    text.chars().forEach(c -> vector[c % dimensions] += 1);
    return vector;
  }
}
