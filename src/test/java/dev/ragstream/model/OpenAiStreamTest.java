package dev.ragstream.model;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.reset;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ChatModel.Finish;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.Usage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an OpenAI-compatible server may stream, and what becomes of it. */
class OpenAiStreamTest {

  private static final String DONE = "data: [DONE]\n\n";

  /** How long to wait for what must happen soon. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ScriptedServer server = new ScriptedServer();
  private final OpenAiFixture fixture = new OpenAiFixture();
  private final RecordingReader reader = fixture.reader;

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void textReasoningFinishReasonAndUsageAreRead() throws InterruptedException {
    Finish finish =
        play(
            """
            {"choices":[{"index":0,"delta":{"role":"assistant","content":""}}]}
            {"choices":[{"index":0,"delta":{"reasoning_content":"Clouds."},"finish_reason":null}]}
            {"choices":[{"index":0,"delta":{"reasoning":" Dark ones.","content":null}}]}
            {"choices":[{"index":0,"delta":{"content":"Yes"},"logprobs":null}],"obfuscation":"x"}
            {"choices":[{"index":0,"delta":{"content":" [1]."},"finish_reason":"stop"}]}
            {"choices":[],"usage":{"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,\
            "completion_tokens_details":{"reasoning_tokens":3}}}
            """);
    assertThat(reader.reasoning).containsExactly("Clouds.", " Dark ones.");
    assertThat(reader.text).containsExactly("Yes", " [1].");
    assertThat(finish).isEqualTo(new Finish("stop", new Usage(12, 5)));
  }

  @Test
  void whatIsUnknownOrHasAnOddTypeIsSkipped() throws InterruptedException {
    Finish finish =
        play(
            """
            {"error":null,"usage":null,"choices":null}
            {"choices":[null,7,{"delta":null},{"delta":{"content":[{"text":"no"}],"refusal":null}}]}
            {"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"{\\"content\\":1}"}}]}}]}
            {"choices":[{"index":1,"delta":{"content":"other"},"finish_reason":"length"}]}
            {"choices":[{"delta":{"reasoning":"once","reasoning_content":"once"}}]}
            {"usage":{"prompt_tokens":null,"completion_tokens":2}}
            [1]
            {}
            {"choices":[{"delta":{"content":"ok"}}]}
            """);
    assertThat(reader.text).containsExactly("ok");
    assertThat(reader.reasoning).containsExactly("once");
    assertThat(finish).isEqualTo(new Finish("stop", new Usage(-1, 2)));
  }

  @Test
  void surrogateHalvesOfTwoDeltasAreJoined() throws InterruptedException {
    play(
        """
        {"choices":[{"delta":{"content":"a\\ud83c"}}]}
        {"choices":[{"delta":{"content":"\\udf02b\\ud83c"}}]}
        """);
    assertThat(reader.text).containsExactly("a", "\uD83C\uDF02b", "\uFFFD");
  }

  @Test
  void thinkingInsideTheContentIsReasoning() throws InterruptedException {
    play(
        """
        {"choices":[{"delta":{"content":"<thi"}}]}
        {"choices":[{"delta":{"content":"nk>hm</think"}}]}
        {"choices":[{"delta":{"content":">Yes"}}]}
        """);
    assertThat(reader.thoughts()).isEqualTo("hm");
    assertThat(reader.answer()).isEqualTo("Yes");
  }

  @Test
  void invalidBytesBecomeReplacementCharactersAndTheStreamGoesOn() throws InterruptedException {
    byte[] bytes =
        (STREAM + "data: " + delta("a?b") + "\n\ndata: " + delta("ć") + "\n\n" + DONE)
            .getBytes(StandardCharsets.UTF_8);
    bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf('?')] = (byte) 0xC3;
    server.script(send(bytes));
    fixture.model(server.url()).stream(OpenAiFixture.PROMPT, reader);
    assertThat(reader.text).containsExactly("a\uFFFDb", "ć");
  }

  @Test
  void afterDoneItEndsAtOnceThoughTheSocketStaysOpen() throws InterruptedException {
    server.script(send(STREAM + "data: " + delta("Yes") + "\n\n" + DONE));
    fixture.model(server.url()).stream(OpenAiFixture.PROMPT, reader);
    assertThat(reader.answer()).isEqualTo("Yes");
    assertThat(server.clientLeft()).succeedsWithin(PATIENCE);
  }

  @Test
  void aFinishReasonWithoutDoneIsSuccess() throws InterruptedException {
    server.script(send(STREAM + "data: " + finish("length") + "\n\n"), hangUp());
    Finish finish = fixture.model(server.url()).stream(OpenAiFixture.PROMPT, reader);
    assertThat(finish).isEqualTo(new Finish("length", Usage.UNKNOWN));
  }

  @Test
  void aFinishReasonIsSuccessThoughTheServerThenFallsSilent() throws InterruptedException {
    server.script(send(STREAM + "data: " + finish("stop") + "\n\n"));
    HttpChatModel model = fixture.model(server.url(), OpenAiFixture.IMPATIENT);
    assertThat(model.stream(OpenAiFixture.PROMPT, reader).reason()).isEqualTo("stop");
  }

  @Test
  void aFinishReasonIsSuccessThoughTheConnectionThenBreaks() throws InterruptedException {
    CountDownLatch read = new CountDownLatch(1);
    reader.onText(read::countDown);
    server.script(
        send(STREAM + "data: " + finish("stop") + "\n\n"),
        send("data: " + delta("late") + "\n\n"),
        ScriptedServer.await(read),
        reset());
    HttpChatModel model = fixture.model(server.url());
    assertThat(model.stream(OpenAiFixture.PROMPT, reader).reason()).isEqualTo("stop");
  }

  @Test
  void anEndWithoutEitherIsIncompleteAndTheTextSoFarStands() {
    server.script(send(STREAM + "data: " + delta("half <") + "\n\n"), hangUp());
    Failure failure = fixture.failureOf(fixture.model(server.url()));
    assertThat(failure.kind()).isEqualTo(Kind.INCOMPLETE);
    assertThat(failure.problem())
        .isEqualTo(
            "the stream ended before "
                + server.url()
                + "/chat/completions said that the answer is"
                + " whole");
    assertThat(reader.answer()).isEqualTo("half <");
  }

  @Test
  void whatWasHeldBackComesBeforeTheFailure() {
    server.script(send(STREAM + "data: " + delta("<think>half </thi") + "\n\n"), hangUp());
    assertThat(fixture.failureOf(fixture.model(server.url())).kind()).isEqualTo(Kind.INCOMPLETE);
    assertThat(reader.thoughts()).isEqualTo("half </thi");
  }

  @Test
  void aResetInMidStreamIsIncomplete() {
    CountDownLatch read = new CountDownLatch(1);
    server.script(
        send(STREAM + "data: " + delta("half") + "\n\n"), ScriptedServer.await(read), reset());
    reader.onText(read::countDown);
    Failure failure = fixture.failureOf(fixture.model(server.url()));
    assertThat(failure.kind()).isEqualTo(Kind.INCOMPLETE);
    assertThat(failure.problem()).startsWith("the connection broke off before");
    assertThat(reader.answer()).isEqualTo("half");
  }

  @Test
  void aSilentStreamIsStalledAndItsConnectionIsClosed() {
    server.script(send(STREAM + "data: " + delta("half") + "\n\n"));
    Failure failure = fixture.failureOf(fixture.model(server.url(), OpenAiFixture.IMPATIENT));
    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_STALLED);
    assertThat(failure.problem())
        .isEqualTo(server.url() + "/chat/completions sent nothing for 2 s");
    assertThat(failure.remedy())
        .isEqualTo("ask again, or raise llm.idleTimeout if the model is that slow");
    assertThat(reader.answer()).isEqualTo("half");
    assertThat(server.clientLeft()).succeedsWithin(PATIENCE);
  }

  @Test
  void silenceBeforeTheHeadersIsAStallToo() {
    server.script();
    Failure failure = fixture.failureOf(fixture.model(server.url(), OpenAiFixture.IMPATIENT));
    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_STALLED);
    assertThat(server.clientLeft()).succeedsWithin(PATIENCE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"error\":{\"message\":\"out of memory for %s\",\"code\":500,\"type\":\"server\"}}",
        "event: error\ndata: {\"message\":\"out of memory for %s\",\"code\":500,\"type\":\"server\"}"
      })
  void anErrorInTheStreamIsOurFailureInTheServersWords(String event) {
    server.script(
        send(STREAM + "data: " + delta("half") + "\n\n"),
        send(event.formatted(OpenAiFixture.CANARY) + "\n\n" + DONE));
    Failure failure = fixture.failureOf(fixture.model(server.url()));
    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_ERROR);
    assertThat(failure.problem())
        .isEqualTo(
            server.url()
                + "/chat/completions broke off with an error: out of memory for $TEST_KEY (code"
                + " 500, type server)");
    assertThat(reader.answer()).isEqualTo("half");
  }

  @Test
  void anEventThatIsNoJsonIsNamed() {
    server.script(send(STREAM + "data: {\"choices\u0007\n\n"));
    Failure failure = fixture.failureOf(fixture.model(server.url()));
    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_PROTOCOL);
    assertThat(failure.problem()).endsWith("sent an event that cannot be read: {\"choices\\u0007");
  }

  private Finish play(String chunks) throws InterruptedException {
    StringBuilder stream = new StringBuilder(STREAM);
    chunks.lines().forEach(chunk -> stream.append("data: ").append(chunk).append("\n\n"));
    server.script(send(stream + DONE));
    return fixture.model(server.url()).stream(OpenAiFixture.PROMPT, reader);
  }

  private static String delta(String content) {
    return "{\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + content + "\"}}]}";
  }

  private static String finish(String reason) {
    return "{\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"" + reason + "\"}]}";
  }
}
