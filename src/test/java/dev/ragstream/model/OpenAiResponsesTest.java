package dev.ragstream.model;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.ragstream.core.ChatModel.Finish;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.Secret;
import dev.ragstream.upstream.Endpoint;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Responses other than a stream of events: statuses, other bodies, requests to wait. */
class OpenAiResponsesTest {

  private static final WireMockServer SERVER =
      new WireMockServer(wireMockConfig().dynamicPort().dynamicHttpsPort());

  /** Each test has a path of its own on the one server, so that they can run side by side. */
  private final String path = "/" + UUID.randomUUID() + "/v1";

  private final OpenAiFixture fixture = new OpenAiFixture();

  @BeforeAll
  static void start() {
    SERVER.start();
  }

  @AfterAll
  static void stop() {
    SERVER.stop();
  }

  @Test
  void aRefusedKeyNamesItsVariable() {
    answer(
        aResponse()
            .withStatus(401)
            .withBody(
                "{\"error\":{\"message\":\"Incorrect key: %s\",\"code\":\"invalid_api_key\"}}"
                    .formatted(OpenAiFixture.CANARY)));
    assertThat(failure())
        .isEqualTo(
            new Failure(
                Kind.UPSTREAM_UNAUTHORIZED,
                asked() + " answered 401: Incorrect key: $TEST_KEY (code invalid_api_key)",
                "check the key in $TEST_KEY, or set llm.apiKey"));
  }

  @Test
  void aMissingKeyNamesTheVariableToSet() {
    answer(aResponse().withStatus(401));
    Secret blank = new Secret("$OPENAI_API_KEY", () -> "");
    Endpoint endpoint =
        new Endpoint(url(), blank, Map.of(), OpenAiFixture.PATIENT, OpenAiFixture.NAMES);
    Failure failure = fixture.failureOf(fixture.model(endpoint));
    assertThat(failure.remedy())
        .isEqualTo("put the key into the environment variable OPENAI_API_KEY, or set llm.apiKey");
    SERVER.verify(
        postRequestedFor(urlEqualTo(path + "/chat/completions")).withoutHeader("Authorization"));
  }

  @Test
  void anUnknownModelIsNamed() {
    answer(aResponse().withStatus(404).withBody("{\"detail\":\"Not Found\"}"));
    assertThat(failure())
        .isEqualTo(
            new Failure(
                Kind.UPSTREAM_ERROR,
                asked() + " answered 404: Not Found; the model asked for was openai:test-model",
                "check the name in llm.model and the address in llm.baseUrl"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "400 | {\"error\":{\"message\":\"too long\",\"type\":\"invalid\",\"code\":null}}"
            + " | too long (type invalid)",
        "400 | {\"error\":\"plain words\"} | plain words",
        "400 | [{\"error\":{\"message\":\"in an array\",\"code\":400}}] | in an array (code 400)",
        "422 | {\"object\":\"error\",\"message\":\"bare\",\"code\":7} | bare (code 7)",
        "500 | <h1>Oops</h1> | <h1>Oops</h1>",
        "500 | '' | (no message)",
        "302 | '' | (no message)"
      })
  void anyOtherStatusIsToldInTheServersWords(int status, String body, String said) {
    answer(aResponse().withStatus(status).withBody(body));
    Failure failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_ERROR);
    assertThat(failure.problem()).isEqualTo(asked() + " answered " + status + ": " + said);
  }

  @Test
  void controlCharactersOfTheServerAreEscaped() {
    answer(
        aResponse()
            .withStatus(500)
            .withBody("\u001B]52;c;eA==\u0007\u009B2J\u202E" + "x".repeat(500)));
    assertThat(failure().problem())
        .startsWith(asked() + " answered 500: \\u001b]52;c;eA==\\u0007\\u009b2J\\u202exxx")
        .hasSizeLessThan(400);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/json | {\"id\":\"1\",\"choices\":[]} | it began with:"
            + " {\"id\":\"1\",\"choices\":[]}",
        "text/html | '<!doctype html>\n<p>Log in' | it began with: <!doctype html>\\n<p>Log in",
        "text/event-stream | '' | it was empty"
      })
  void aSuccessWithoutAStreamOfEventsIsNamed(String type, String body, String began) {
    answer(aResponse().withHeader("Content-Type", type).withBody(body));
    Failure failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_PROTOCOL);
    assertThat(failure.problem())
        .isEqualTo(asked() + " answered 200 with " + type + " and no stream of events; " + began);
  }

  @Test
  void ofALongBodyOnlyTheBeginningIsToldAndNoSecretInIt() {
    answer(aResponse().withBody("x".repeat(190) + OpenAiFixture.CANARY + "y".repeat(5000)));
    assertThat(failure().problem())
        .endsWith(
            " with no content type and no stream of events; it began with: "
                + "x".repeat(190)
                + "$TEST_KEYy");
  }

  @ParameterizedTest
  @CsvSource({"429", "503"})
  void aBusyServerIsAskedAgainWhenItWishes(int status) throws InterruptedException {
    SERVER.stubFor(
        post(path + "/chat/completions")
            .inScenario(path)
            .whenScenarioStateIs(Scenario.STARTED)
            .willReturn(
                aResponse()
                    .withStatus(status)
                    .withHeader("Retry-After", "Sun, 01 Mar 2026 12:00:20 GMT")
                    .withBody("{\"error\":{\"message\":\"busy\"}}"))
            .willSetStateTo("free"));
    SERVER.stubFor(
        post(path + "/chat/completions")
            .inScenario(path)
            .whenScenarioStateIs("free")
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "text/event-stream")
                    .withBody(
                        "data: {\"choices\":[{\"delta\":{\"content\":\"Yes\"}}]}\n\ndata: [DONE]\n\n")));
    Finish finish = fixture.model(url()).stream(OpenAiFixture.PROMPT, fixture.reader);
    assertThat(finish.reason()).isEqualTo("stop");
    assertThat(fixture.reader.answer()).isEqualTo("Yes");
    assertThat(fixture.waits).containsExactly(Duration.ofSeconds(20));
    assertThat(fixture.notices)
        .containsExactly(
            asked() + " answered " + status + ": busy; asking again in 20 s (retry 1 of 2)");
  }

  @Test
  void aServerThatStaysBusyIsAFailureInTheEnd() {
    answer(aResponse().withStatus(429).withBody("{\"error\":{\"message\":\"busy\"}}"));
    Failure failure = failure();
    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_RATE_LIMITED);
    assertThat(failure.problem()).isEqualTo(asked() + " answered 429: busy");
    assertThat(fixture.waits).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
    SERVER.verify(3, postRequestedFor(urlEqualTo(path + "/chat/completions")));
  }

  @Test
  void aCertificateThatNobodyTrustsNamesTheAddress() {
    URI https = URI.create("https://localhost:" + SERVER.httpsPort() + "/v1");
    Failure failure = fixture.failureOf(fixture.model(https));
    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_UNREACHABLE);
    assertThat(failure.problem())
        .startsWith("there is no secure connection to " + https + "/chat/completions: ");
  }

  @Test
  void aKeyThatNoHeaderCanHoldIsASettingsFailureThatKeepsIt() {
    Secret broken = new Secret("$TEST_KEY", () -> OpenAiFixture.CANARY + "\nX: y");
    Endpoint endpoint =
        new Endpoint(url(), broken, Map.of(), OpenAiFixture.PATIENT, OpenAiFixture.NAMES);
    Failure failure = fixture.failureOf(fixture.model(endpoint));
    assertThat(failure.kind()).isEqualTo(Kind.SETTINGS);
    assertThat(failure.problem())
        .isEqualTo("the header Authorization with Bearer $TEST_KEY is none that HTTP can send");
  }

  private void answer(ResponseDefinitionBuilder response) {
    SERVER.stubFor(post(path + "/chat/completions").willReturn(response));
  }

  private Failure failure() {
    return fixture.failureOf(fixture.model(url()));
  }

  private URI url() {
    return URI.create("http://localhost:" + SERVER.port() + path);
  }

  private String asked() {
    return url() + "/chat/completions";
  }
}
