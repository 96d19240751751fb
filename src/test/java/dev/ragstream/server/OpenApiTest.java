package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.ragstream.core.ScriptedModel;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /openapi.json} says what the server does: its routes, what they take and what they give.
 */
class OpenApiTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
  private static final String QUESTION = "{\"question\":\"Rain?\"}";
  private static final String MESSAGES =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Rain?\"}]}";

  @Test
  void everyRouteStandsThereAndNothingElseDoes() throws Exception {
    try (TestServer server = server()) {
      Set<String> told = new TreeSet<>();
      document(server)
          .path("paths")
          .propertyStream()
          .forEach(path ->
              path.getValue().propertyNames().stream()
                  .filter(METHODS::contains)
                  .forEach(
                      method -> told.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
      Set<String> there = new TreeSet<>(server.routes());
      there.add("GET " + SocketRoutes.PATH); // Jetty's, not Javalin's
      assertThat(told).isEqualTo(there);
    }
  }

  @Test
  void everyReferenceLeadsSomewhereAndEverySchemaIsUsed() throws Exception {
    try (TestServer server = server()) {
      JsonNode document = document(server);
      Set<String> used =
          document.findValuesAsString("$ref").stream()
              .map(ref -> ref.replace("#/components/schemas/", ""))
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(used)
          .isEqualTo(new TreeSet<>(document.path("components").path("schemas").propertyNames()));
    }
  }

  @Test
  void theSampleRequestsAreWhatTheRoutesTake() throws Exception {
    Map<String, String> routes =
        Map.of(
            "stream.json", "/stream",
            "newchat.json", "/newchat",
            "historylist.json", "/historylist",
            "chathistory.json", "/chathistory",
            "chat-completions.json", "/v1/chat/completions");
    try (TestServer server = server()) {
      JsonNode document = document(server);
      for (Map.Entry<String, String> each : routes.entrySet()) {
        String body = Files.readString(Path.of("sample-data/requests", each.getKey()));
        JsonNode schema =
            document
                .path("paths")
                .path(each.getValue())
                .path("post")
                .at("/requestBody/content/application~1json/schema");
        assertThat(faults(document, schema, body)).as(each.getKey()).isEmpty();
        assertThat(faults(document, schema, "[]")).as(each.getKey()).isNotEmpty();
      }
    }
  }

  @Test
  void whatTheRoutesGiveIsWhatStandsThere() throws Exception {
    try (TestServer server = server()) {
      JsonNode document = document(server);
      HttpResponse<String> begun = server.send(server.post("/api/runs", QUESTION));
      String run = begun.headers().firstValue("Location").orElseThrow();
      String chat = "{\"userId\":\"u\",\"chatId\":\"c\"}";
      List<String> faults = new ArrayList<>();
      faults.addAll(faults(document, "/api/runs", "post", begun));
      for (String path : List.of("/healthz", "/readyz", "/api/runs", "/v1/models")) {
        faults.addAll(faults(document, path, "get", server.get(path)));
      }
      for (String model : List.of("scripted", "none")) {
        HttpResponse<String> told = server.get("/v1/models/" + model);
        faults.addAll(faults(document, "/v1/models/{id}", "get", told));
      }
      faults.addAll(faults(document, "/ws_chat", "get", server.get("/ws_chat")));
      faults.addAll(faults(document, "/api/runs/{id}", "get", server.get(run)));
      faults.addAll(faults(document, "/api/runs/{id}", "get", server.get("/api/runs/none")));
      for (String path : List.of("/api/search", "/api/prompt", "/api/ask", "/stream")) {
        for (String body : List.of(QUESTION, "{}", "{\"question\":\"x\",\"model\":\"no\"}")) {
          faults.addAll(faults(document, path, "post", server.send(server.post(path, body))));
        }
      }
      for (String body :
          List.of(MESSAGES, "{}", MESSAGES.replace("{\"m", "{\"model\":\"no\",\"m"))) {
        String path = "/v1/chat/completions";
        faults.addAll(faults(document, path, "post", server.send(server.post(path, body))));
      }
      for (String path : List.of("/newchat", "/historylist", "/chathistory")) {
        for (String body : List.of(chat, "{}")) {
          faults.addAll(faults(document, path, "post", server.send(server.post(path, body))));
        }
      }
      assertThat(faults).isEmpty();
    }
  }

  private static TestServer server() {
    return new TestServer(
        new ScriptedModel(reader -> {
          reader.reasoning("Hm.");
          reader.text("Yes [1].");
        }));
  }

  private static JsonNode document(TestServer server) throws IOException, InterruptedException {
    return MAPPER.readTree(server.get("/openapi.json").body());
  }

  /** How a response differs from what is said of it. */
  private static List<String> faults(
      JsonNode document, String path, String method, HttpResponse<String> response) {
    JsonNode responses = document.path("paths").path(path).path(method).path("responses");
    JsonNode told = responses.path(Integer.toString(response.statusCode()));
    JsonNode content = (told.isMissingNode() ? responses.path("default") : told).path("content");
    String type = response.headers().firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
    String what = method + " " + path + " " + response.statusCode() + ": ";
    if (!content.has(type)) {
      return List.of(what + "no word of " + type);
    }
    JsonNode schema = content.path(type).path("schema");
    return schema.isMissingNode()
        ? List.of()
        : faults(document, schema, response.body()).stream().map(what::concat).toList();
  }

  private static List<String> faults(JsonNode document, JsonNode schema, String json) {
    ObjectNode whole = schema.deepCopy().asObject();
    whole.set("components", document.path("components"));
    Schema compiled =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(whole);
    return compiled.validate(MAPPER.readTree(json)).stream().map(Object::toString).toList();
  }
}
