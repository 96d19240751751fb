package dev.ragstream.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Unread;
import dev.ragstream.core.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;

/** The golden files are a promise to programs: fields may be added, none may change. */
class EventJsonTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final Timings TIMINGS = new Timings(12, 240, 1800);
  private static final Timings NO_TEXT = new Timings(12, -1, 1800);

  static final List<Arguments> EVENTS =
      List.of(
          Arguments.of("retrieved", new Retrieved(Answers.RETRIEVAL)),
          Arguments.of(
              "retrieved-reranked",
              new Retrieved(Answers.retrieval(Retrieval.Mode.HYBRID, Answers.RERANKED))),
          Arguments.of("prompt", new PromptBuilt(Answers.PROMPT)),
          Arguments.of("reasoning", new Reasoning("Is it 雨?\n")),
          Arguments.of("text", new Text("Yes, take an umbrella [1].")),
          Arguments.of(
              "completed", new Completed("stop", List.of(1, 3), new Usage(812, 64), null, TIMINGS)),
          Arguments.of(
              "completed-bare", new Completed("length", List.of(), Usage.UNKNOWN, null, NO_TEXT)),
          Arguments.of(
              "completed-unread",
              new Completed(
                  "stop",
                  List.of(),
                  new Usage(2048, 64),
                  new Unread(3000, 2048, List.of(1, 2)),
                  TIMINGS)),
          Arguments.of("cancelled", new Cancelled(TIMINGS)),
          Arguments.of(
              "failed",
              new Failed(
                  new Failure(
                      Failure.Kind.UPSTREAM_STALLED,
                      "the model fell silent for 120 s",
                      "ask again, or raise llm.idleTimeout"),
                  NO_TEXT,
                  new IllegalStateException("not for the wire"))));

  @ParameterizedTest(name = "{0}")
  @FieldSource("EVENTS")
  void isSpeltAsPromised(String name, AnswerEvent event) throws IOException {
    assertThat(EventJson.line(event)).doesNotContain("\n");
    assertThat(JsonText.pretty(EventJson.object(event))).isEqualTo(golden(name));
  }

  @Test
  void everyEventHasItsGoldenFile() {
    List<Class<?>> spelt = new ArrayList<>();
    EVENTS.forEach(event -> spelt.add(Objects.requireNonNull(event.get()[1]).getClass()));
    assertThat(Set.copyOf(spelt))
        .containsExactlyInAnyOrder(
            Retrieved.class,
            PromptBuilt.class,
            Reasoning.class,
            Text.class,
            Completed.class,
            Cancelled.class,
            Failed.class);
  }

  @ParameterizedTest
  @EnumSource
  void aKindOfFailureIsSpeltInLowerCase(Failure.Kind kind) {
    assertThat(
            EventJson.object(new Failed(new Failure(kind, "p", "r"), TIMINGS))
                .get("kind")
                .asString())
        .isEqualTo(kind.wireName())
        .matches("[a-z_]+");
  }

  @ParameterizedTest(name = "{0}")
  @FieldSource("EVENTS")
  void theBytesOfAServerAreThoseOfTheCommandLine(String name, AnswerEvent event) {
    JsonBytes bytes = new JsonBytes();
    EventJson.write(event, bytes);
    assertThat(bytes).as(name).hasToString(EventJson.line(event));
    assertThat(EventJson.object(event).get("type").asString()).isEqualTo(EventJson.type(event));
  }

  @Test
  void everyCharacterHasTheSameBytesOnBothWays() {
    JsonBytes bytes = new JsonBytes(1);
    for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x3000 ? 1 : 97) {
      Text text = new Text("a" + Character.toString(c) + "\ud83c" + "b\udf27");
      EventJson.write(text, bytes.clear());
      assertThat(bytes).hasToString(EventJson.line(text));
    }
  }

  @Test
  void textsThatAreNoneStillMakeValidJson() {
    String odd = "\ud83c \udf27 \u0000 \u001b[31m \u009b2J \u007f \u2028 \u202e \" \\ \ud83c\udf27";
    String line = EventJson.line(new Text(odd));
    assertThat(line).doesNotMatch(TerminalTextTest.HARMFUL);
    String utf8 = new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertThat(MAPPER.readTree(utf8).get("text").asString())
        .isEqualTo(odd.replace("\ud83c ", "\uFFFD ").replace(" \udf27 ", " \uFFFD "));
  }

  @Test
  void everyCharacterComesBack() {
    StringBuilder all = new StringBuilder();
    for (int c = 0; c <= Character.MAX_VALUE; c++) {
      if (!Character.isSurrogate((char) c)) {
        all.append((char) c);
      }
    }
    assertThat(MAPPER.readTree(EventJson.line(new Text(all.toString()))).get("text").asString())
        .isEqualTo(all.toString());
  }

  private static String golden(String name) throws IOException {
    try (InputStream in = EventJsonTest.class.getResourceAsStream(name + ".json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
