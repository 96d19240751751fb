package dev.ragstream.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * {@code POST /api/chat}, asked by the chat of the AI SDK, which is what {@code useChat} is made
 * of; and {@code /v1} as one of its providers.
 */
@ExtendWith(Site.Resolver.class)
class AiSdkTest {

  private static final String ANSWER = "Yes, take 雨伞 🌂 [1].";

  @BeforeAll
  static void clientsAreInstalled() {
    NpmClients.require();
  }

  @Test
  void anAnswerIsAMessageOfSourcesReasoningAndText(Site site) {
    JsonNode told = ask(site, "chat", ModelServer.THINKER);

    assertThat(told.path("status").asString()).as("%s", told).isEqualTo("ready");
    assertThat(told.path("errors")).isEmpty();
    assertThat(told.path("text").asString()).isEqualTo(ANSWER);
    assertThat(told.path("reasoning").asString()).isEqualTo("Rain is likely.");
    assertThat(texts(told.path("parts")))
        .startsWith("step-start", "data-retrieved", "source-document")
        .endsWith("source-document", "reasoning", "text");
    assertThat(texts(told.path("states"))).containsExactly("done");
    JsonNode source = told.at("/sources/0");
    assertThat(source.path("title").asString()).contains("Tidewick");
    assertThat(source.path("mediaType").asString()).isEqualTo("text/plain");
  }

  @Test
  void aMessageGrowsWithEachChunk(Site site) {
    JsonNode seen = ask(site, "chunks", ModelServer.THINKER);

    assertThat(texts(seen.path("types")).stream().filter(type -> !type.startsWith("source")))
        .containsExactly(
            "start",
            "start-step",
            "data-retrieved",
            "reasoning-start",
            "reasoning-delta",
            "reasoning-delta",
            "reasoning-delta",
            "reasoning-end",
            "text-start",
            "text-delta",
            "text-delta",
            "text-delta",
            "text-delta",
            "text-delta",
            "text-end",
            "finish-step",
            "finish");
    List<String> lengths = texts(seen.path("lengths"));
    assertThat(lengths).contains("5", "10", "13", "16").endsWith(ANSWER.length() + "");
  }

  @Test
  void theNextQuestionComesWithWhatWasSaidBefore(Site site) {
    JsonNode told = ask(site, "twice", ModelServer.THINKER);

    assertThat(told.path("status").asString()).as("%s", told).isEqualTo("ready");
    assertThat(told.path("messages").intValue()).isEqualTo(4);
    assertThat(told.path("text").asString()).isEqualTo(ANSWER);
    assertThat(site.models.requests())
        .anyMatch(request ->
            request.contains("And tomorrow?")
                && request.contains(Site.QUESTION)
                && request.contains("雨伞"));
  }

  @Test
  void aStoppedAnswerKeepsItsTextAndStopsTheModel(Site site) throws Exception {
    String question = "What is stopped by useChat " + UUID.randomUUID() + "?";

    JsonNode told = ask(site, "stop", ModelServer.COUNTER, question);

    assertThat(told.path("status").asString()).as("%s", told).isEqualTo("ready");
    assertThat(told.path("errors")).isEmpty();
    assertThat(told.path("text").asString()).startsWith("1 2 3 ");
    site.models.awaitLeft(question);
  }

  @Test
  void anAnswerThatIsCancelledByAnotherEndsAsAborted(Site site) throws Exception {
    String question = "What is cancelled beside useChat " + UUID.randomUUID() + "?";

    List<String> types = texts(ask(site, "cancelled", ModelServer.COUNTER, question));

    assertThat(types).contains("text-delta").endsWith("text-end", "abort").doesNotContain("error");
    site.models.awaitLeft(question);
  }

  @Test
  void whatIsRefusedIsAnErrorThatSaysWhatToDo(Site site) {
    JsonNode told = ask(site, "refused", ModelServer.THINKER);

    assertThat(told.path("status").asString()).isEqualTo("error");
    assertThat(told.at("/errors/0").asString()).contains("ask again after Retry-After");
  }

  @Test
  void anAnswerThatFailsHalfwayKeepsItsTextAndIsAnError(Site site) {
    JsonNode rehearsed = ask(site, "halfway", ModelServer.THINKER);
    assertThat(rehearsed.path("status").asString()).isEqualTo("error");
    assertThat(rehearsed.path("reasoning").asString()).isEqualTo("Rain is likely.");
    assertThat(rehearsed.at("/errors/0").asString()).startsWith("a rehearsed error");

    JsonNode broken = ask(site, "chat", ModelServer.BROKEN);
    assertThat(broken.path("status").asString()).isEqualTo("error");
    assertThat(broken.path("text").asString()).isEqualTo("Half of ");
    assertThat(broken.at("/errors/0").asString())
        .contains("overloaded")
        .doesNotContain(ModelServer.KEY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ragstream", ModelServer.THINKER})
  void asAProviderItStreamsReasoningTextAndUsage(String model, Site site) {
    JsonNode seen = ask(site, "provider", model);

    assertThat(texts(seen.path("types"))).contains("text-delta", "finish").doesNotContain("error");
    assertThat(seen.path("finish").asString()).isEqualTo("stop");
    if (model.equals(ModelServer.THINKER)) {
      assertThat(seen.path("text").asString()).isEqualTo(ANSWER);
      assertThat(seen.path("reasoning").asString()).isEqualTo("Rain is likely.");
      assertThat(seen.at("/usage/inputTokens").intValue()).isEqualTo(70);
      assertThat(seen.at("/usage/outputTokens").intValue()).isEqualTo(8);
    } else {
      assertThat(seen.path("text").asString()).contains("umbrella");
    }
  }

  @Test
  void asAProviderItTellsOfFailures(Site site) {
    JsonNode broken = ask(site, "providerError", ModelServer.BROKEN);
    assertThat(broken.path("text").asString()).isEqualTo("Half of ");
    assertThat(broken.at("/errors/0/message").asString()).as("%s", broken).contains("overloaded");

    JsonNode unknown = ask(site, "providerError", "nobody");
    assertThat(unknown.at("/errors/0/status").intValue()).as("%s", unknown).isEqualTo(404);
    assertThat(unknown.at("/errors/0/message").asString()).contains("nobody");
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(each -> texts.add(each.asString()));
    return texts;
  }

  private static JsonNode ask(Site site, String... scenario) {
    List<String> arguments = new ArrayList<>(List.of(site.server.url().toString()));
    arguments.addAll(List.of(scenario));
    return NpmClients.run("ai-sdk.js", arguments.toArray(String[]::new));
  }
}
