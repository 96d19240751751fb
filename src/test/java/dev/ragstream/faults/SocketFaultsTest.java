package dev.ragstream.faults;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.ScriptedModel;
import dev.ragstream.server.Patience;
import dev.ragstream.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What clients do to a WebSocket, and what goes wrong on it. */
class SocketFaultsTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Duration NEVER = Duration.ofHours(1);
  private static final String CLASSIC = "/ws_chat?wire=classic";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"/ws_chat", CLASSIC})
  void whatIsWrongWithAMessageIsToldAndTheSocketLives(String path) throws Exception {
    try (TestServer server = TestServer.saying("Yes.");
        RawSocket socket = RawSocket.open(server.port(), path)) {
      for (String message :
          List.of(
              "{",
              "",
              "null",
              "[]",
              "\"Rain?\"",
              "{\"question\":17}",
              "{\"question\":[\"Rain?\"]}",
              "{\"question\":null}",
              "{\"question\":\"\"}",
              "{}",
              "{\"question\":\"Rain?\",\"history\":7}",
              "{\"question\":\"Rain?\",\"history\":[7]}",
              "{\"question\":\"Rain?\",\"history\":[{\"role\":\"king\",\"content\":\"\"}]}",
              "{\"question\":\"Rain?\",\"userId\":{},\"chatId\":\"1\"}",
              "{\"question\":\"Rain?\",\"orgId\":[]}",
              "{\"question\":\"Rain?\",\"topK\":\"many\"}",
              "{\"question\":\"Rain?\",\"top_k\":-1}",
              "{\"question\":\"Rain?\",\"score_threshold\":\"high\"}",
              "{\"question\":\"Rain?\",\"where\":[]}",
              "{\"question\":\"Rain?\",\"rehearse\":\"doom\"}",
              "{\"id\":{},\"question\":\"Rain?\"}",
              "{\"type\":\"cancel\"}")) {
        socket.say(message);
        JsonNode frame = MAPPER.readTree(requireNonNull(socket.hear()));
        if (path.equals(CLASSIC)) {
          assertThat(frame.path("code").asString()).as(message).isEqualTo("-1");
          assertThat(frame.path("msg").asString()).as(message).isNotBlank();
          assertThat(frame.path("logId").asString()).as(message).isNotBlank();
        } else {
          assertThat(frame.path("type").asString()).as(message).isEqualTo("failed");
          assertThat(frame.path("problem").asString()).as(message).isNotBlank();
          assertThat(frame.path("remedy").asString()).as(message).isNotBlank();
        }
      }
      socket.say("{\"question\":\"{heartbeat}\"}");
      socket.say("{\"question\":\"Rain?\"}");
      String answer = requireNonNull(socket.hear());
      while (!answer.contains("Yes.")) {
        assertThat(answer).doesNotContain("\"failed\"").doesNotContain("\"-1\"");
        answer = requireNonNull(socket.hear());
      }
    }
  }

  @Test
  void bytesThatAreNoTextEndTheSocketWith1007() throws Exception {
    try (TestServer server = TestServer.saying("Yes.");
        RawSocket socket = RawSocket.open(server.port(), "/ws_chat")) {
      socket.sayBytes(new byte[] {'{', '"', (byte) 0xC3, (byte) 0x28, '"', '}'});

      assertThat(socket.hear()).isNull();
      assertThat(socket.closeStatus()).isEqualTo(1007);
    }
  }

  @Test
  void aMessageThatIsTooBigEndsTheSocketWith1009() throws Exception {
    try (TestServer server = TestServer.saying("Yes.");
        RawSocket socket = RawSocket.open(server.port(), "/ws_chat")) {
      socket.say("{\"question\":\"" + "x".repeat(20_000) + "\"}");

      assertThat(socket.hear()).isNull();
      assertThat(socket.closeStatus()).isEqualTo(1009);
    }
  }

  @Test
  void badBytesInMidAnswerCancelWhatIsBeingAnswered() throws Exception {
    try (Upstream upstream = new Upstream(Upstream.Call::fallSilent);
        ServedProject project = ServedProject.asking(upstream, folder, TestServer.ENDLESS);
        RawSocket socket = RawSocket.open(project.port(), "/ws_chat")) {
      socket.say("{\"question\":\"ask-1\"}");
      upstream.asked("ask-1").get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);

      socket.sayBytes(new byte[] {(byte) 0xFF});

      while (socket.hear() != null) {
        // what was on its way
      }
      assertThat(socket.closeStatus()).isEqualTo(1007);
      assertThat(project.journalled("ask-1").ending().orElseThrow()).isInstanceOf(Cancelled.class);
    }
  }

  /** The server reads nothing of a peer whose network is gone; the connection looks as before. */
  @Test
  void aPeerThatVanishedIsNoticedWithinTwoPings() throws Exception {
    Patience patience = new Patience(NEVER, Duration.ofSeconds(1), NEVER, NEVER);
    try (Upstream upstream = new Upstream(Upstream.Call::fallSilent);
        ServedProject project = ServedProject.asking(upstream, folder, patience);
        RawSocket socket = RawSocket.open(project.port(), "/ws_chat")) {
      socket.leavingPingsUnanswered();
      int[] pings = {0};
      socket.whenPinged(() -> pings[0]++);
      socket.say("{\"question\":\"ask-1\"}");

      while (socket.hear() != null) {
        // what was said before it vanished
      }

      assertThat(pings[0]).isEqualTo(2);
      upstream.left("ask-1").get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      assertThat(project.journalled("ask-1").ending().orElseThrow()).isInstanceOf(Cancelled.class);
    }
  }

  /** Their pieces take turns, one of the one and one of the other. */
  @Test
  void twoAnswersInFlightDoNotMix() throws Exception {
    int pieces = 50;
    Map<String, Semaphore> turns = Map.of("ask-a", new Semaphore(1), "ask-b", new Semaphore(0));
    Upstream.Answer answer =
        call -> {
          String other = call.name().equals("ask-a") ? "ask-b" : "ask-a";
          call.begin();
          for (int i = 0; i < pieces; i++) {
            requireNonNull(turns.get(call.name())).acquire();
            call.text(call.name() + i + " ");
            requireNonNull(turns.get(other)).release();
          }
          call.done();
        };
    try (Upstream upstream = new Upstream(answer);
        ServedProject project = ServedProject.asking(upstream, folder, TestServer.ENDLESS);
        RawSocket socket = RawSocket.open(project.port(), "/ws_chat")) {
      socket.say("{\"id\":\"a\",\"question\":\"ask-a\"}");
      socket.say("{\"id\":\"b\",\"question\":\"ask-b\"}");

      List<JsonNode> frames = new ArrayList<>();
      while (frames.stream().filter(frame -> type(frame).equals("completed")).count() < 2) {
        frames.add(MAPPER.readTree(requireNonNull(socket.hear())));
      }

      for (String id : List.of("a", "b")) {
        List<JsonNode> own =
            frames.stream().filter(frame -> frame.path("id").asString().equals(id)).toList();
        assertThat(own.stream().map(frame -> frame.path("run").asString()).distinct()).hasSize(1);
        StringBuilder text = new StringBuilder();
        own.forEach(frame -> text.append(frame.path("text").asString("")));
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < pieces; i++) {
          expected.append("ask-").append(id).append(i).append(' ');
        }
        assertThat(text.toString()).isEqualTo(expected.toString());
      }
      assertThat(frames.stream().map(frame -> frame.path("run").asString()).distinct()).hasSize(2);
    }
  }

  @Test
  void aQuestionThatIsCancelledLeavesTheOtherAlone() throws Exception {
    CountDownLatch goOn = new CountDownLatch(1);
    Upstream.Answer answer =
        call -> {
          call.begin();
          call.text("begun");
          if (call.name().equals("ask-a")) {
            call.fallSilent();
          }
          goOn.await();
          call.done();
        };
    try (Upstream upstream = new Upstream(answer);
        ServedProject project = ServedProject.asking(upstream, folder, TestServer.ENDLESS);
        RawSocket socket = RawSocket.open(project.port(), "/ws_chat")) {
      socket.say("{\"id\":\"a\",\"question\":\"ask-a\"}");
      socket.say("{\"id\":\"b\",\"question\":\"ask-b\"}");
      upstream.asked("ask-a").get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      upstream.asked("ask-b").get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);

      socket.say("{\"type\":\"cancel\",\"id\":\"a\"}");

      upstream.left("ask-a").get(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
      assertThat(upstream.left("ask-b")).isNotDone();
      goOn.countDown();
      List<String> endings = new ArrayList<>();
      while (endings.size() < 2) {
        JsonNode frame = MAPPER.readTree(requireNonNull(socket.hear()));
        if (List.of("completed", "cancelled", "failed").contains(type(frame))) {
          endings.add(frame.path("id").asString() + " " + type(frame));
        }
      }
      assertThat(endings).containsExactlyInAnyOrder("a cancelled", "b completed");
    }
  }

  /** As {@code seed/WIRE.md} tells it: head, {@code ||}, pieces, a mark at the end. */
  @Test
  void theOlderServicesFramesAreAsTheirFrontEndsKnowThem() throws Exception {
    ScriptedModel model =
        new ScriptedModel(reader -> {
          reader.reasoning("Hm.");
          reader.text("Yes");
          reader.text(", rain.");
        });
    try (TestServer server = new TestServer(model);
        RawSocket socket = RawSocket.open(server.port(), CLASSIC)) {
      for (int question = 0; question < 2; question++) {
        socket.say(
            "{\"model\":\"deepseek-r1-distill\",\"question\":\"What's the weather?\","
                + "\"userId\":\"testuser\",\"stream\":true}");
        String first = requireNonNull(socket.hear());
        String[] headAndPiece = first.split(" \\|\\| ", 2);
        JsonNode head = MAPPER.readTree(headAndPiece[0]);
        assertThat(head.path("code").isInt() && head.path("code").asInt() == 0).isTrue();
        assertThat(head.path("logId").asString()).isNotBlank();
        assertThat(head.has("msg")).isTrue();
        assertThat(delta(headAndPiece[1]).path("reasoning_content").asString()).isEqualTo("Hm.");
        assertThat(delta(requireNonNull(socket.hear())).path("content").asString())
            .isEqualTo("Yes");
        assertThat(delta(requireNonNull(socket.hear())).path("content").asString())
            .isEqualTo(", rain.");
        assertThat(socket.hear()).isEqualTo("{\"text\":\"messageend\"}");
      }
    }
  }

  private static JsonNode delta(String piece) {
    assertThat(piece).startsWith("data: {").endsWith("}\n\n");
    return MAPPER
        .readTree(piece.substring("data: ".length()))
        .path("choices")
        .path(0)
        .path("delta");
  }

  private static String type(JsonNode frame) {
    return frame.path("type").asString();
  }
}
