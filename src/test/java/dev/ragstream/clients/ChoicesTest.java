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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client chooses within what the settings allow: no server, no file, no other model. */
class ChoicesTest {

  private static final String SECRET = "the-secret-in-a-file";

  /** Where a question is answered at once, and what with. */
  private static final List<String> ROUTES =
      List.of(
          "/stream",
          "/stream?wire=classic",
          "/v1/chat/completions",
          "/api/chat",
          "/api/ask",
          "/api/prompt",
          "/api/search");

  /** Those that take no field but their own. */
  private static final List<String> STRICT = List.of("/api/ask", "/api/prompt", "/api/search");

  /** What is not to be chosen; each names a model, so that no wire may overlook it. */
  private static final List<String> REFUSED =
      List.of(
          "\"model\":\"openai:thinker\"",
          "\"model\":\"ollama:any\"",
          "\"model\":\"openai:thinker@$EVIL\"",
          "\"model\":\"$EVIL\"",
          "\"model\":\"custom:any\"",
          "\"model\":\"replay:$FILE\"",
          "\"model\":\"replay:../secret.jsonl\"",
          "\"model\":\"EXTRACTIVE \"",
          "\"template\":\"$FILE\"",
          "\"template\":\"../secret\"",
          "\"template\":\"secret\"",
          "\"template\":\"file://$FILE\"",
          "\"prompt_name\":\"$FILE\"",
          "\"topK\":1000");

  /** What means nothing here, and so is not heard, or refused where nothing else is taken. */
  private static final List<String> UNHEARD =
      List.of(
          "\"baseUrl\":\"$EVIL\"",
          "\"base_url\":\"$EVIL\"",
          "\"llm\":{\"baseUrl\":\"$EVIL\",\"model\":\"openai:thinker\"}",
          "\"llm.baseUrl\":\"$EVIL\"",
          "\"set\":{\"llm.model\":\"openai:thinker\"}",
          "\"embedding\":{\"baseUrl\":\"$EVIL\"}",
          "\"store\":{\"type\":\"elasticsearch\",\"url\":\"$EVIL\"}",
          "\"retrieval\":{\"rerank\":{\"url\":\"$EVIL\"}}",
          "\"apiKey\":\"sk-theirs\",\"proxy\":\"$EVIL\"",
          "\"config\":\"$FILE\",\"profile\":\"$FILE\"",
          "\"kbName\":\"$FILE\"",
          "\"image_url\":\"$EVIL\",\"tools\":[{\"url\":\"$EVIL\"}]");

  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void noServerFileOrOtherModelIsChosenByAClient(@TempDir Path folder) throws Exception {
    Files.createDirectories(folder.resolve("project/docs"));
    Files.writeString(folder.resolve("project/docs/weather.md"), "# Rain\n\nCarry an umbrella.\n");
    Files.writeString(folder.resolve("project/ragstream.yaml"), "");
    Path file = folder.resolve("secret.jsonl");
    Files.writeString(file, SECRET);
    try (ModelServer evil = new ModelServer();
        Served server = Served.indexed(folder.resolve("project"), Map.of(), List.of(), "docs")) {
      for (String route : ROUTES) {
        for (String choice : REFUSED) {
          // The older services' front ends name models that are not here, and templates.
          boolean refused =
              !route.contains("classic")
                  && !(route.equals("/stream") && choice.startsWith("\"model\""));
          HttpResponse<String> answer = ask(server, route, choice, file, evil);
          assertThat(answer.statusCode() >= 400)
              .as("%s %s: %s", route, choice, answer.body())
              .isEqualTo(refused);
          assertThat(answer.body()).as("%s %s", route, choice).doesNotContain(SECRET);
        }
        for (String choice : UNHEARD) {
          HttpResponse<String> answer = ask(server, route, choice, file, evil);
          boolean refused = STRICT.contains(route) && !choice.contains("kbName");
          assertThat(answer.statusCode()).as("%s %s", route, choice).isEqualTo(refused ? 400 : 200);
          assertThat(answer.body())
              .contains(refused ? "there is no field" : "umbrella")
              .doesNotContain(SECRET);
        }
      }
      assertThat(evil.requests()).isEmpty();
    }
  }

  private HttpResponse<String> ask(
      Served server, String route, String choice, Path file, ModelServer evil)
      throws IOException, InterruptedException {
    String chosen =
        choice.replace("$EVIL", evil.url()).replace("$FILE", file.toString().replace('\\', '/'));
    String asked =
        route.startsWith("/v1/") || route.equals("/api/chat")
            ? "\"messages\":[{\"role\":\"user\",\"content\":\"Should I carry an umbrella?\"}]"
            : "\"question\":\"Should I carry an umbrella?\"";
    String body = "{%s,%s}".formatted(asked, chosen);
    return client.send(
        HttpRequest.newBuilder(URI.create(server.url() + route))
            .header("X-Base-Url", evil.url())
            .header("X-Forwarded-Host", "evil.example")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}
