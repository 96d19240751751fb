package dev.ragstream.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.cli.Served;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code /v1}, asked by OpenAI's own client for JavaScript. */
@ExtendWith(Site.Resolver.class)
class OpenAiSdkTest {

  private static final String OURS = "ragstream";

  @BeforeAll
  static void clientsAreInstalled() {
    NpmClients.require();
  }

  @Test
  void itsListOfModelsIsWhatARequestMayChoose(Site site) {
    List<String> ids = new ArrayList<>();
    ask(site, "models").forEach(id -> ids.add(id.asString()));

    assertThat(ids).startsWith(OURS, "extractive").contains(Site.CASSETTE, ModelServer.THINKER);
  }

  @Test
  void aModelIsLookedUpByItsName(Site site) {
    for (String name : List.of(OURS, ModelServer.THINKER, Site.CASSETTE)) {
      assertThat(ask(site, "model", name).path("id").asString()).isEqualTo(name);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "noModel, org/nobody:7b, NotFoundError, model_not_found, model",
    "refused, nobody, NotFoundError, model_not_found, model",
    "noRoute, ragstream, NotFoundError, null, null",
    "tooHot, ragstream, BadRequestError, null, temperature"
  })
  void itReadsWhatIsWrongAndWhere(
      String scenario, String model, String type, String code, String param, Site site) {
    JsonNode error = ask(site, scenario, model);

    assertThat(error.path("class").asString()).as("%s", error).isEqualTo(type);
    assertThat(error.path("type").asString()).isEqualTo("invalid_request_error");
    assertThat(error.path("code").asString("null")).isEqualTo(code);
    assertThat(error.path("param").asString("null")).isEqualTo(param);
  }

  @Test
  void aWholeAnswerHasItsTextUsageAndSources(Site site) {
    JsonNode ours = ask(site, "whole");
    assertThat(ours.at("/choices/0/message/content").asString()).contains("umbrella");
    assertThat(ours.at("/choices/0/finish_reason").asString()).isEqualTo("stop");
    assertThat(ours.at("/ragstream/passages/0/source").asString()).contains("weather");
    assertThat(ours.at("/ragstream/citations/0").isInt()).isTrue();

    JsonNode thinker = ask(site, "parts", ModelServer.THINKER);
    assertThat(thinker.path("model").asString()).isEqualTo(ModelServer.THINKER);
    assertThat(thinker.at("/choices/0/message/content").asString())
        .isEqualTo("Yes, take 雨伞 🌂 [1].");
    assertThat(thinker.at("/choices/0/message/reasoning_content").asString())
        .isEqualTo("Rain is likely.");
    assertThat(thinker.at("/usage/total_tokens").intValue()).isEqualTo(78);
  }

  @Test
  void aStreamedAnswerComesInPieces(Site site) {
    JsonNode seen = ask(site, "stream", ModelServer.THINKER);

    assertThat(seen.path("text").asString()).isEqualTo("Yes, take 雨伞 🌂 [1].");
    assertThat(seen.path("reasoning").asString()).isEqualTo("Rain is likely.");
    assertThat(seen.path("pieces").intValue()).isEqualTo(5);
    assertThat(seen.path("finish").asString()).isEqualTo("stop");
    assertThat(seen.path("ids").intValue()).isEqualTo(1);
    assertThat(seen.path("usage").isNull()).isTrue();
    assertThat(seen.at("/ragstream/citations/0").intValue()).isEqualTo(1);
  }

  @Test
  void usageComesWithTheStreamWhereItIsWanted(Site site) {
    JsonNode seen = ask(site, "usage", ModelServer.THINKER);
    assertThat(seen.at("/usage/prompt_tokens").intValue()).isEqualTo(70);
    assertThat(seen.at("/usage/completion_tokens").intValue()).isEqualTo(8);

    JsonNode helper = ask(site, "helper", ModelServer.THINKER);
    assertThat(helper.path("content").asString()).isEqualTo("Yes, take 雨伞 🌂 [1].");
    assertThat(helper.at("/usage/total_tokens").intValue()).isEqualTo(78);
  }

  @Test
  void aStreamThatIsAbortedStopsTheModel(Site site) throws Exception {
    String question = "What is aborted by the SDK " + UUID.randomUUID() + "?";

    JsonNode seen = ask(site, "abort", ModelServer.COUNTER, question);

    assertThat(seen.path("aborted").asBoolean()).isTrue();
    assertThat(seen.path("text").asString()).startsWith("1 2 3 ");
    site.models.awaitLeft(question);
  }

  @ParameterizedTest
  @CsvSource({
    "rehearsed429, ragstream, RateLimitError, 429",
    "rehearsed503, ragstream, InternalServerError, 503",
    "refused, nobody, NotFoundError, 404",
    "noMessages, ragstream, BadRequestError, 400",
  })
  void whatIsRefusedIsAnErrorOfItsOwnClass(
      String scenario, String model, String type, int status, Site site) {
    JsonNode error = ask(site, scenario, model);

    assertThat(error.path("class").asString()).as("%s", error).isEqualTo(type);
    assertThat(error.path("status").intValue()).isEqualTo(status);
    assertThat(error.path("message").asString()).startsWith(status + " ").hasSizeGreaterThan(10);
    assertThat(error.path("type").asString()).isNotBlank();
    if (scenario.startsWith("rehearsed")) {
      assertThat(error.path("retryAfter").asString()).isEqualTo("2");
    }
  }

  @ParameterizedTest
  @CsvSource({ModelServer.BROKEN, ModelServer.GONE})
  void anAnswerThatFailsHalfwayIsAnErrorAfterItsText(String model, Site site) {
    JsonNode error = ask(site, "broken", model);

    assertThat(error.path("class").asString()).as("%s", error).isEqualTo("APIError");
    assertThat(error.path("message").asString()).isNotBlank();
    assertThat(error.path("code").asString())
        .isEqualTo(model.equals(ModelServer.GONE) ? "incomplete" : "upstream_error");
  }

  @Test
  void aServerWithATokenKnowsItsClientsByTheKeyThatTheyShow(Site site) throws Exception {
    try (Served locked = site.serve("--token", "open-sesame")) {
      String address = locked.url().toString();
      JsonNode error = NpmClients.run("openai.js", address, "wrong", "refused");
      assertThat(error.path("class").asString()).as("%s", error).isEqualTo("AuthenticationError");
      assertThat(error.path("code").asString()).isEqualTo("invalid_api_key");
      JsonNode models = NpmClients.run("openai.js", address, "open-sesame", "models");
      assertThat(models.get(0).asString()).isEqualTo(OURS);
    }
  }

  private static JsonNode ask(Site site, String scenario) {
    return ask(site, scenario, OURS);
  }

  private static JsonNode ask(Site site, String... scenario) {
    List<String> arguments = new ArrayList<>(List.of(site.server.url().toString(), "none"));
    arguments.addAll(List.of(scenario));
    return NpmClients.run("openai.js", arguments.toArray(String[]::new));
  }
}
