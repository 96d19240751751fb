package dev.ragstream.model;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.reset;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.Prompt;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connections: how they are made, kept to the end, and closed. */
class HttpChatModelTest implements ChatModelContract {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  /** No port that a test may be given, so that no server of another test answers there. */
  private static final URI NOBODY = URI.create("http://127.0.0.1:1/v1");

  private static final String ANSWER =
      STREAM
          + """
          data: {"choices":[{"delta":{"content":"Take an "}}]}

          data: {"choices":[{"delta":{"content":"umbrella \uD83C\uDF02."}}]}

          data: [DONE]

          """;

  private final ScriptedServer server = new ScriptedServer();
  private final OpenAiFixture fixture = new OpenAiFixture();

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Override
  public ChatModel model() {
    server.script(send(ANSWER));
    return fixture.model(server.url());
  }

  @Override
  public Prompt prompt() {
    return OpenAiFixture.PROMPT;
  }

  @Override
  public String answer() {
    return "Take an umbrella \uD83C\uDF02.";
  }

  @Override
  public void assertClosed() {
    assertThat(server.clientLeft()).succeedsWithin(PATIENCE);
  }

  @Test
  void itIsNamedAsInTheSettings() {
    assertThat(model().name()).isEqualTo("openai:test-model");
  }

  @Test
  void theRequestIsAPlainHttp11PostWithKeyAndHeaders() throws InterruptedException {
    model().stream(prompt(), fixture.reader);
    assertThat(server.requests()).hasSize(1);
    String request = server.requests().getFirst();
    assertThat(request)
        .startsWith("POST /v1/chat/completions HTTP/1.1\r\n")
        .contains("Authorization: Bearer " + OpenAiFixture.CANARY + "\r\n")
        .contains("X-Team: " + OpenAiFixture.HEADER_CANARY + "\r\n")
        .contains("Content-Type: application/json\r\n")
        .doesNotContainIgnoringCase("upgrade:")
        .endsWith(
            """
            {"model":"test-model","messages":[\
            {"role":"system","content":"Answer from the passages."},\
            {"role":"user","content":"Is it raining?"}],\
            "stream":true,"stream_options":{"include_usage":true}}\
            """);
  }

  @Test
  void anInterruptBeforeTheFirstByteClosesTheConnection() throws Exception {
    server.script();
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread asking = Thread.ofVirtual().start(() -> ask(fixture.model(server.url()), interrupted));
    server.awaitRequest();
    asking.interrupt();
    assertThat(interrupted).succeedsWithin(PATIENCE).isEqualTo(true);
    assertClosed();
  }

  @Test
  void anInterruptWhileTheServerThinksClosesTheConnection() {
    server.script(send(ANSWER.substring(0, ANSWER.indexOf("[DONE]"))));
    CountDownLatch twoPieces = new CountDownLatch(2);
    fixture.reader.onText(twoPieces::countDown);
    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    Thread asking = Thread.ofVirtual().start(() -> ask(fixture.model(server.url()), interrupted));
    assertThat(CompletableFuture.runAsync(() -> awaitLatch(twoPieces))).succeedsWithin(PATIENCE);
    asking.interrupt();
    assertThat(interrupted).succeedsWithin(PATIENCE).isEqualTo(true);
    assertClosed();
  }

  @Test
  void aConnectionThatDiesUnansweredIsTriedOnceMore() throws InterruptedException {
    server.script(reset()).script(send(ANSWER));
    fixture.model(server.url()).stream(prompt(), fixture.reader);
    assertThat(fixture.reader.answer()).isEqualTo(answer());
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aServerThatNeverAnswersIsUnreachable() {
    server.script(hangUp()).script(hangUp());
    Failure failure = fixture.failureOf(fixture.model(server.url()));
    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_UNREACHABLE);
    assertThat(failure.problem())
        .startsWith(server.url() + "/chat/completions gave no HTTP answer: ");
    assertThat(server.requests()).hasSize(2);
  }

  @Test
  void aServerThatSpeaksNoHttpIsNamed() {
    String greeting = "SSH-2.0-" + OpenAiFixture.CANARY + "\r\n\r\n";
    server.script(send(greeting), hangUp()).script(send(greeting), hangUp());
    assertThat(fixture.failureOf(fixture.model(server.url())).kind())
        .isEqualTo(Kind.UPSTREAM_UNREACHABLE);
  }

  @Test
  void aRefusedConnectionNamesTheAddress() {
    Failure failure = fixture.failureOf(fixture.model(NOBODY));
    assertThat(failure)
        .isEqualTo(
            new Failure(
                Kind.UPSTREAM_UNREACHABLE,
                NOBODY + "/chat/completions refused the connection",
                "check that the model's server is running and that llm.baseUrl is its address"));
  }

  @Test
  void anUnknownHostNamesTheAddress() {
    Failure failure = fixture.failureOf(fixture.model(URI.create("http://ragstream.invalid/v1")));
    assertThat(failure)
        .isEqualTo(
            new Failure(
                Kind.UPSTREAM_UNREACHABLE,
                "the host of http://ragstream.invalid/v1/chat/completions has no known address",
                "check the name in llm.baseUrl and that this machine is online"));
  }

  private void ask(ChatModel model, CompletableFuture<Boolean> interrupted) {
    try {
      model.stream(prompt(), fixture.reader);
      interrupted.complete(false);
    } catch (InterruptedException e) {
      interrupted.complete(true);
    } catch (RuntimeException e) {
      interrupted.completeExceptionally(e);
    }
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
