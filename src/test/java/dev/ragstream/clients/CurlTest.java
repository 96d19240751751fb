package dev.ragstream.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.elastic.ProcessRun;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Every route over HTTP, asked by curl, which shows no more than it has to. */
@ExtendWith(Site.Resolver.class)
class CurlTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String QUESTION = "{\"question\":\"Should I carry an umbrella?\"}";
  private static final String MESSAGES =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Should I carry an umbrella?\"}]}";

  /** What is posted; routes that take nothing are not here. */
  private static final Map<String, String> BODIES =
      Map.of(
          "/stream", QUESTION,
          "/api/ask", QUESTION,
          "/api/search", QUESTION,
          "/api/prompt", QUESTION,
          "/api/runs", QUESTION,
          "/api/chat", MESSAGES,
          "/v1/chat/completions", MESSAGES,
          "/newchat", "{\"userId\":\"curl\"}",
          "/historylist", "{\"userId\":\"curl\"}",
          "/chathistory", "{\"userId\":\"curl\",\"chatId\":\"none\"}");

  @Test
  void everyRouteOfTheReferenceAnswers(Site site) {
    JsonNode reference = json(curl(site.url("/openapi.json")));
    TreeSet<String> asked = new TreeSet<>();
    List<String> wrong = new ArrayList<>();
    for (Map.Entry<String, JsonNode> path : reference.path("paths").properties()) {
      for (String method : List.of("get", "post", "delete")) {
        if (path.getValue().has(method) && !path.getKey().equals("/ws_chat")) {
          asked.add(method + " " + path.getKey());
          String status = status(site, method, path.getKey());
          if (!status.startsWith("2")) {
            wrong.add(status + ": " + method + " " + path.getKey());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).hasSizeGreaterThan(15).contains("get /readyz", "delete /api/runs/{id}");
  }

  private static String status(Site site, String method, String path) {
    List<String> arguments =
        new ArrayList<>(List.of("-o", "/dev/null", "-w", "%{http_code}", "-H", "Accept:"));
    if (method.equals("post")) {
      arguments.addAll(List.of("-d", BODIES.get(path)));
    } else if (method.equals("delete")) {
      arguments.addAll(List.of("-X", "DELETE"));
    }
    String run = path.startsWith("/api/runs/") ? begin(site, "{\"question\":\"Rain?\"}") : "";
    String id = path.startsWith("/v1/models/") ? "ragstream" : run;
    arguments.add(site.url(path.replace("{id}", id)));
    return curl(arguments.toArray(String[]::new));
  }

  @Test
  void aQuestionWithoutAnAcceptHeaderStreams(Site site) {
    String answer = curl("-i", "-H", "Accept:", "-d", QUESTION, site.url("/stream"));

    assertThat(answer).startsWith("HTTP/1.1 200 OK\n");
    assertThat(answer).contains("\nContent-Type: text/event-stream;charset=utf-8\n");
    assertThat(events(answer).distinct())
        .containsExactly("retrieved", "prompt", "text", "completed");
    assertThat(answer).contains("umbrella").containsOnlyOnce("event: completed\n");
  }

  @Test
  void reasoningTextAndUsageComeAsTheModelSentThem(Site site) {
    String answer = curl("-d", question(ModelServer.THINKER), site.url("/stream"));

    assertThat(events(answer))
        .containsExactly(
            "retrieved",
            "prompt",
            "reasoning",
            "reasoning",
            "reasoning",
            "text",
            "text",
            "text",
            "text",
            "text",
            "completed");
    assertThat(answer)
        .contains("data: {\"type\":\"text\",\"text\":\"雨伞 \"}\n\n")
        .contains("data: {\"type\":\"text\",\"text\":\"🌂 \"}\n\n")
        .contains("\"usage\":{\"promptTokens\":70,\"completionTokens\":8}")
        .contains("\"citations\":[1]");
  }

  @Test
  void aCassetteAnswersInItsPieces(Site site) {
    String answer = curl("-d", question(Site.CASSETTE), site.url("/stream"));

    assertThat(events(answer).filter("text"::equals).count()).isGreaterThan(3);
    assertThat(answer).containsOnlyOnce("event: completed\n");
  }

  @Test
  void theOlderServicesFrontEndsAreAnsweredAndTheirChatsKept(Site site) {
    String user = UUID.randomUUID().toString();
    String chat =
        json(curl("-d", "{\"userId\":\"" + user + "\"}", site.url("/newchat")))
            .at("/data/result/0/chatId")
            .asString();
    String question =
        """
        {"userId":"%s","orgId":"1","chatId":"%s","chatTitle":"Rain","question":"Should I carry an umbrella?","history":[]}
        """
            .formatted(user, chat);
    String answer = curl("-H", "Accept:", "-d", question, site.url("/stream?wire=classic"));

    List<JsonNode> envelopes =
        answer
            .lines()
            .filter(line -> line.startsWith("data: "))
            .map(line -> json(line.substring("data: ".length())))
            .toList();
    String text =
        envelopes.stream()
            .map(envelope -> envelope.at("/data/result/0/answer").asString())
            .collect(Collectors.joining());
    assertThat(envelopes).allMatch(envelope -> envelope.path("code").asString().equals("0"));
    assertThat(envelopes.getLast().at("/data/card/0/type").asString()).isEqualTo("source");
    assertThat(text).contains("umbrella");
    assertThat(answer).doesNotContain("event:");

    String owner = "\"userId\":\"%s\",\"orgId\":\"1\"".formatted(user);
    JsonNode chats = json(curl("-d", "{" + owner + "}", site.url("/historylist")));
    assertThat(chats.at("/data/result/0/historyId").asString()).isEqualTo(chat);
    assertThat(chats.at("/data/result/0/historyTitle").asString()).isEqualTo("Rain");
    JsonNode said =
        json(curl("-d", "{" + owner + ",\"chatId\":\"" + chat + "\"}", site.url("/chathistory")));
    assertThat(said.at("/data/result/0/role").asString()).isEqualTo("user");
    assertThat(said.at("/data/result/1/role").asString()).isEqualTo("assist");
    assertThat(said.at("/data/result/1/content").asString()).isEqualTo(text);
  }

  @Test
  void aTokenIsReadBeforeTheNextOneIsThereAndLeavingStopsTheModel(Site site) throws Exception {
    String question = "What is left by curl " + UUID.randomUUID() + "?";
    String body = "{\"question\":\"%s\",\"model\":\"%s\"}".formatted(question, ModelServer.COUNTER);
    Process curl =
        new ProcessBuilder("curl", "-sSN", "--max-time", "60", "-d", body, site.url("/stream"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = curl.inputReader(StandardCharsets.UTF_8)) {
      await(lines, "\"text\":\"3 \"");
    } finally {
      curl.destroy();
    }
    site.models.awaitLeft(question);
  }

  @Test
  void aRunIsReadAgainFromWhereItBrokeOff(Site site) {
    String id = begin(site, QUESTION);
    String events = site.url("/api/runs/" + id + "/events");

    String all = curl(events);
    String rest = curl("-H", "Last-Event-ID: 2", events);

    assertThat(events(all).toList()).startsWith("retrieved", "prompt").endsWith("completed");
    assertThat(all).endsWith(rest);
    assertThat(rest).startsWith("event: text\nid: 3\n");
    assertThat(curl(site.url("/api/runs/" + id))).contains("\"state\":\"completed\"");
    assertThat(curl(site.url("/api/runs"))).contains("\"id\":\"" + id + "\"");
  }

  @Test
  void aRunThatIsDeletedStopsAndItsModelToo(Site site) throws Exception {
    String question = "What is stopped by curl " + UUID.randomUUID() + "?";
    String id =
        begin(
            site,
            "{\"question\":\"%s\",\"model\":\"%s\"}".formatted(question, ModelServer.COUNTER));
    String run = site.url("/api/runs/" + id);
    Process reader =
        new ProcessBuilder("curl", "-sSN", "--max-time", "60", run + "/events").start();
    try (BufferedReader lines = reader.inputReader(StandardCharsets.UTF_8)) {
      await(lines, "\"text\":\"2 \"");

      assertThat(curl("-X", "DELETE", "-w", "%{http_code}", run)).isEqualTo("204");

      await(lines, "event: cancelled");
      assertThat(reader.waitFor()).isZero();
    } finally {
      reader.destroy();
    }
    site.models.awaitLeft(question);
    assertThat(curl(run)).contains("\"state\":\"cancelled\"");
  }

  @Test
  void theStepsOfThePipelineAreJson(Site site) {
    JsonNode found = json(curl("-d", QUESTION, site.url("/api/search")));
    assertThat(found.at("/passages/0/text").asString()).contains("umbrella");
    assertThat(found.at("/passages/0/vector/rank").isInt()).isTrue();
    JsonNode prompt = json(curl("-d", QUESTION, site.url("/api/prompt")));
    assertThat(prompt.path("messages").toString()).contains("umbrella");
    JsonNode answer = json(curl("-d", question(ModelServer.THINKER), site.url("/api/ask")));
    assertThat(answer.path("text").asString()).isEqualTo("Yes, take 雨伞 🌂 [1].");
    assertThat(answer.path("reasoning").asString()).isEqualTo("Rain is likely.");
    assertThat(answer.at("/ending/type").asString()).isEqualTo("completed");
  }

  @Test
  void whatIsRefusedSaysWhatToDo(Site site) {
    String url = site.url("/stream");
    for (String body : List.of("", "{", "[]", "{\"question\":7}")) {
      String answer = curl("-d", body, "-w", "%{http_code}", url);
      assertThat(answer).as(body).contains("\"remedy\":").endsWith("400");
    }
    assertThat(curl("-H", "Host: evil.example", "-d", QUESTION, "-w", "%{http_code}", url))
        .contains("this server is not called evil.example")
        .endsWith("403");
    assertThat(curl("-w", "%{http_code}", url)).endsWith("405");
    assertThat(curl("-w", "%{http_code}", site.url("/none"))).endsWith("404");
  }

  /** The id of a run without a reader. */
  private static String begin(Site site, String body) {
    return json(curl("-d", body, site.url("/api/runs"))).path("id").asString();
  }

  private static String question(String model) {
    return "{\"question\":\"%s\",\"model\":\"%s\"}".formatted(Site.QUESTION, model);
  }

  private static java.util.stream.Stream<String> events(String answer) {
    return answer
        .lines()
        .filter(line -> line.startsWith("event: "))
        .map(line -> line.substring("event: ".length()));
  }

  private static void await(BufferedReader lines, String wanted) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.contains(wanted)) {
      line = lines.readLine();
    }
    assertThat(line).as(wanted).isNotNull();
  }

  /** What curl prints. */
  private static String curl(String... arguments) {
    List<String> command = new ArrayList<>(List.of("curl", "-sSN", "--max-time", "60"));
    command.addAll(List.of(arguments));
    return ProcessRun.successful(new ProcessBuilder(command)).out().stripTrailing();
  }

  private static JsonNode json(String text) {
    return MAPPER.readTree(text);
  }
}
