package dev.ragstream.cassette;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.reset;
import static dev.ragstream.model.ScriptedServer.send;
import static dev.ragstream.model.ScriptedServer.sendByteByByte;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.Secret;
import dev.ragstream.core.Usage;
import dev.ragstream.model.ChatOptions;
import dev.ragstream.model.HttpChatModel;
import dev.ragstream.model.OpenAiApi;
import dev.ragstream.model.ScriptedServer;
import dev.ragstream.model.ScriptedServer.Step;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.HttpTransport;
import dev.ragstream.upstream.RetryPolicy;
import dev.ragstream.upstream.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server sent comes again from the file, in the same pieces and with the same end. */
class RecordedAnswersTest {

  private static final String WHOLE =
      "data: {\"choices\":[{\"delta\":{\"reasoning_content\":\"Clouds…\"}}]}\n\n"
          + text("Yes, ")
          + text("take an umbrella 🌂 [1].")
          + "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}],"
          + "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":5}}\n\n"
          + "data: [DONE]\n\n";

  @TempDir private Path folder;
  private final ScriptedServer server = new ScriptedServer();
  private Studio studio;

  @BeforeEach
  void openStudio() {
    studio = new Studio(folder.resolve("rain.jsonl"));
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void aWholeAnswerComesAgainWithReasoningUsageAndCitations() {
    Studio.Played live = recorded(send(STREAM + WHOLE), hangUp());

    Studio.Played again = assertReplays(live);

    assertThat(again.answer()).isEqualTo("Yes, take an umbrella 🌂 [1].");
    assertThat(again.ending())
        .isInstanceOfSatisfying(
            Completed.class,
            completed -> {
              assertThat(completed.usage()).isEqualTo(new Usage(9, 5));
              assertThat(completed.citations()).containsExactly(1);
            });
    assertThat(server.requests()).as("the replay asks nobody").hasSize(1);
  }

  @Test
  void charactersThatCameInHalvesComeAgain() {
    assertThat(assertReplays(recorded(sendByteByByte(STREAM + WHOLE), hangUp())).answer())
        .contains("🌂");
  }

  @Test
  void bytesThatAreNoUtf8ComeAgain() {
    byte[] invalid = {'d', 'a', 't', 'a', ':', (byte) 0xC3, '(', '\n', '\n'};
    Studio.Played live = recorded(send(STREAM), send(invalid), hangUp());

    assertThat(failure(assertReplays(live)).kind()).isEqualTo(Kind.UPSTREAM_PROTOCOL);
  }

  @Test
  void aServerThatStaysConnectedAfterItsAnswerEndsTheReplayToo() {
    assertThat(assertReplays(recorded(send(STREAM + WHOLE))).ending())
        .isInstanceOf(Completed.class);
  }

  @Test
  void aConnectionThatBrokeOffBreaksOffAgain() {
    Studio.Played live = recorded(send(STREAM + text("Yes, ")), reset());

    assertThat(failure(assertReplays(live)).kind()).isEqualTo(Kind.INCOMPLETE);
  }

  @Test
  void aStreamThatJustEndedEndsAgain() {
    Studio.Played live = recorded(send(STREAM + text("Yes, ")), hangUp());

    assertThat(failure(assertReplays(live)).problem()).startsWith("the stream ended before");
  }

  @Test
  void aServerThatFellSilentFallsSilentAgain() {
    studio.timeouts =
        new Timeouts(Duration.ofSeconds(60), Duration.ofSeconds(60), Duration.ofMillis(50));
    Studio.Played live = recorded(send(STREAM + text("Yes, ")));

    assertThat(failure(assertReplays(live)))
        .isEqualTo(
            new Failure(
                Kind.UPSTREAM_STALLED,
                server.url() + "/chat/completions sent nothing for 50 ms",
                "ask again, or raise llm.idleTimeout if the model is that slow"));
  }

  @Test
  void anErrorInTheStreamComesAgain() {
    Studio.Played live =
        recorded(
            send(STREAM + text("Yes, ") + "data: {\"error\":{\"message\":\"out of memory\"}}\n\n"),
            hangUp());

    Studio.Played again = assertReplays(live);

    assertThat(again.answer()).isEqualTo("Yes, ");
    assertThat(failure(again).problem()).contains("out of memory");
  }

  @Test
  void aRefusedKeyIsRefusedAgain() {
    Studio.Played live = recorded(send("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n"), hangUp());

    Failure failure = failure(assertReplays(live));

    assertThat(failure.kind()).isEqualTo(Kind.UPSTREAM_UNAUTHORIZED);
    assertThat(failure.remedy()).contains("$TEST_KEY");
  }

  @Test
  void aPageInThePlaceOfAStreamComesAgain() {
    Studio.Played live =
        recorded(
            send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>Hi</p>"));

    assertThat(failure(assertReplays(live)).problem())
        .contains("answered 200 with text/html")
        .endsWith("it began with: <p>Hi</p>");
  }

  @Test
  void nobodyThereIsNobodyThereAgain() {
    Studio.Played live = studio.record(URI.create("http://127.0.0.1:1/v1"), Studio.QUESTION);

    assertThat(failure(assertReplays(live)).kind()).isEqualTo(Kind.UPSTREAM_UNREACHABLE);
  }

  @Test
  void anAnswerThatWasCancelledIsCancelledAgain() {
    server.script(send(STREAM + text("Yes, ") + text("no")));
    Studio.Played live =
        studio.record(
            Studio.QUESTION,
            recorder -> live(recorder),
            event -> {
              if (event instanceof Text(String text) && text.equals("no")) {
                Thread.currentThread().interrupt();
              }
            });

    Studio.Played again = assertReplays(live);

    assertThat(again.ending()).isInstanceOf(Cancelled.class);
    assertThat(again.answer()).isEqualTo("Yes, no");
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void keysThatTheServerEchoesAreNotKept() throws IOException {
    String escaped = Studio.KEY.replace("\"", "\\\"");
    String body = "{\"error\":{\"message\":\"bad key " + escaped + "\"}}";
    server.script(
        send(
            "HTTP/1.1 401 No\r\nX-Echo: "
                + Studio.HEADER_KEY
                + "\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body),
        hangUp());
    studio.record(server.url(), "First?");
    String answer = text("your key is " + escaped + ", your team " + Studio.HEADER_KEY + "!");
    server.script(
        send(
            STREAM.replace("text/event-stream", "text/event-stream; k=" + Studio.HEADER_KEY)
                + answer
                + WHOLE),
        hangUp());
    studio.record(server.url(), "Second?");
    server.script(sendByteByByte(STREAM + answer + WHOLE), hangUp());
    studio.record(server.url(), "Third, with " + Studio.HEADER_KEY + "?");

    assertThat(Files.readString(studio.path))
        .doesNotContain(Studio.HEADER_KEY)
        .doesNotContain(Studio.KEY)
        .doesNotContain("canary")
        .doesNotContain("4711")
        .doesNotContain("Bearer")
        .contains("$TEST_KEY")
        .contains("$TEAM");
    assertThat(studio.replay(Match.QUESTION, "Second?").answer())
        .startsWith("your key is $TEST_KEY, your team $TEAM!Yes");
    assertThat(studio.replay(Match.QUESTION, "Third, with $TEAM?").answer())
        .startsWith("your key is $TEST_KEY, your team $TEAM!Yes");
  }

  @Test
  void shortHeaderValuesDoNotBreakTheStream() {
    Endpoint endpoint =
        new Endpoint(
            server.url(),
            null,
            Map.of("X-Flag", new Secret("$FLAG", () -> "stop")),
            Studio.PATIENT,
            new Endpoint.Names("llm", "NONE"));
    server.script(send(STREAM + WHOLE), hangUp());
    Studio.Played live =
        studio.record(
            Studio.QUESTION,
            recorder ->
                new HttpChatModel(
                    new OpenAiApi("test-model", endpoint, ChatOptions.DEFAULTS),
                    recorder.through(
                        new HttpTransport(endpoint, RetryPolicy.standard(), _ -> {}))));

    assertReplays(live);
  }

  private Studio.Played recorded(Step... script) {
    server.script(List.of(script));
    return studio.record(server.url(), Studio.QUESTION);
  }

  private HttpChatModel live(Recorder recorder) {
    Endpoint endpoint =
        new Endpoint(
            server.url(), null, Map.of(), Studio.PATIENT, new Endpoint.Names("llm", "NONE"));
    return new HttpChatModel(
        new OpenAiApi("test-model", endpoint, ChatOptions.DEFAULTS),
        recorder.through(new HttpTransport(endpoint, RetryPolicy.standard(), _ -> {})));
  }

  private Studio.Played assertReplays(Studio.Played live) {
    Studio.Played exact = studio.replay(Match.EXACT, Studio.QUESTION);
    assertThat(exact.timeless()).isEqualTo(live.timeless());
    assertThat(studio.replay(Match.QUESTION, Studio.QUESTION).timeless())
        .isEqualTo(live.timeless());
    return exact;
  }

  private static Failure failure(Studio.Played played) {
    assertThat(played.ending()).isInstanceOf(Failed.class);
    return ((Failed) played.ending()).failure();
  }

  private static String text(String text) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
  }
}
