package dev.ragstream.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Message;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class EventReaderTest {

  private final EventReader reader = new EventReader(Failure.Kind.USAGE, "the file a.jsonl");

  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatIsWrittenIsReadAsItWas(long seed) {
    List<AnswerEvent> events = new RandomAnswer(seed).events();
    List<String> lines = events.stream().map(EventJson::line).toList();

    assertThat(lines.stream().map(reader::read).toList()).isEqualTo(events);
  }

  /** Each field in turn, however deep, is given a value that fits none, and taken out. */
  @ParameterizedTest
  @MethodSource("seeds")
  void nothingButARefusalComesOfAFieldThatIsMissingOrOfAnotherType(long seed) {
    for (AnswerEvent event : new RandomAnswer(seed).events()) {
      ObjectNode whole = EventJson.object(event);
      damage(whole, whole);
      reader.read(whole);
    }
  }

  private void damage(ObjectNode whole, JsonNode part) {
    if (part instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> field : List.copyOf(object.properties())) {
        JsonNode value = field.getValue();
        damage(whole, value);
        object.putArray(field.getKey()).addNull();
        readOrRefuse(whole);
        object.remove(field.getKey());
        readOrRefuse(whole);
        object.set(field.getKey(), value);
      }
    } else if (part instanceof ArrayNode array) {
      array.forEach(item -> damage(whole, item));
    }
  }

  private void readOrRefuse(ObjectNode damaged) {
    try {
      reader.read(damaged);
    } catch (FailureException e) {
      assertThat(e.failure().problem()).startsWith("the file a.jsonl holds what is no event: ");
    }
  }

  @Test
  void fieldsThatAreNotKnownAreLeftAlone() {
    assertThat(reader.read("{\"type\":\"text\",\"text\":\"Yes\",\"colour\":{\"red\":1}}"))
        .isEqualTo(new Text("Yes"));
  }

  @Test
  void aPromptIsReadWithThePassagesOfTheRetrievalBeforeIt() {
    String prompt = EventJson.line(new PromptBuilt(Answers.SMALL_PROMPT));

    assertThat(refusal(prompt))
        .isEqualTo(
            "the file a.jsonl holds what is no event: prompt.excerpts[0].n is 1, a passage that was"
                + " not retrieved");
    reader.read(EventJson.line(new Retrieved(Answers.RETRIEVAL)));
    assertThat(reader.read(prompt)).isEqualTo(new PromptBuilt(Answers.SMALL_PROMPT));
  }

  @Test
  void messagesAreReadByThemselves() {
    List<Message> messages =
        List.of(new Message(Message.Role.USER, "Rain?"), new Message(Message.Role.ASSISTANT, "No"));

    assertThat(reader.messages(JsonText.line(EventJson.messages(messages)))).isEqualTo(messages);
  }

  @Test
  void whatIsNoEventIsRefusedWithWhatIsWrong() {
    Map<String, String> problems =
        Map.of(
            "", "the event is no object",
            "[1]", "the event is no object",
            "{\"type\":\"text\"}", "text.text is missing",
            "{\"type\":\"text\",\"text\":1}", "text.text is no text",
            "{\"type\":\"song\"}", "the type 'song' is not known",
            "{\"text\":\"Yes\"}", "the event.type is missing",
            "{\"type\":\"cancelled\",\"timings\":{\"retrievalMillis\":1.5}}",
                "cancelled.timings.retrievalMillis is no whole number",
            "{\"type\":\"failed\",\"kind\":\"bad_luck\"}",
                "failed.kind is 'bad_luck', which is not known",
            "{\"type\":\"completed\",\"finishReason\":\"stop\",\"citations\":[\"1\"]}",
                "completed.citations is no list of whole numbers");

    problems.forEach((json, problem) ->
        assertThat(refusal(json)).isEqualTo("the file a.jsonl holds what is no event: " + problem));
    assertThat(refusal("{\"type\":\"te")).contains("it is not JSON: ");
    assertThat(refusal("{\"type\":\"text\",\"text\":\"a\",\"text\":\"b\"}"))
        .contains("it is not JSON: ");
    assertThat(refusal("{\"type\":\"text\",\"text\":\"a\"} {}")).contains("it is not JSON: ");
  }

  private String refusal(String json) {
    return catchThrowableOfType(FailureException.class, () -> reader.read(json))
        .failure()
        .problem();
  }
}
