package dev.ragstream.cassette;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.Message;
import dev.ragstream.core.Samples;
import dev.ragstream.model.ChatOptions;
import dev.ragstream.model.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which recorded run answers, and what is said where none does. */
class ReplayTest {

  @TempDir private Path folder;
  private final ScriptedServer server = new ScriptedServer();
  private Studio studio;

  @BeforeEach
  void recordOneRun() {
    studio = new Studio(folder.resolve("rain.jsonl"));
    record("Yes.");
  }

  @AfterEach
  void closeServer() {
    server.close();
  }

  @Test
  void aPromptThatChangedIsShownAsADifference() {
    studio.passages = Samples.passages("It rains until one.", "The sun is a star.");

    assertThat(failure(Match.EXACT))
        .isEqualTo(
            new Failure(
                Kind.REPLAY_MISMATCH,
                """
                the request differs from the one in %s, line 2:
                  @@ -6,5 +6,5 @@
                   source: a.md
                  \s
                  -It rains until noon.
                  +It rains until one.
                   </passage 1 FENCE>
                   Question: Is it raining?\
                """
                    .formatted(studio.path),
                "if this is as it should be, record it anew; --match question replays it all the"
                    + " same"));
  }

  @Test
  void anOptionThatChangedIsADifference() {
    studio.options = new ChatOptions(0.5, null, null, null, List.of(), Map.of());

    assertThat(failure(Match.EXACT).problem()).contains("\n  +temperature: 0.5");
    assertThat(studio.replay(Match.QUESTION, Studio.QUESTION).answer()).isEqualTo("Yes.");
  }

  @Test
  void aPassageThatIsNotInThePromptMakesNoDifference() {
    studio.passages = Samples.passages("It rains until noon.", "The moon is none.");

    assertThat(studio.replay(Match.EXACT, Studio.QUESTION).answer()).isEqualTo("Yes.");
  }

  @Test
  void aLongDifferenceIsCutOff() {
    studio.passages = Samples.passages("Rain.\n".repeat(300));

    assertThat(failure(Match.EXACT).problem().lines().toList())
        .hasSizeLessThan(70)
        .last()
        .asString()
        .matches("  … and \\d+ more lines");
  }

  @Test
  void matchedByItsQuestionARunBringsItsPassages() {
    studio.passages = List.of();

    Studio.Played played = studio.replay(Match.QUESTION, "  Is it raining? ");

    assertThat(played.answer()).isEqualTo("Yes.");
    assertThat(((Retrieved) played.events().getFirst()).retrieval().passages())
        .isEqualTo(Samples.passages("It rains until noon.", "The sun is a star."));
    assertThat(((PromptBuilt) played.events().get(1)).prompt().messages().getFirst().content())
        .contains("It rains until noon.");
  }

  @Test
  void anUnknownQuestionNamesThoseThatAreKnown() {
    for (Match match : Match.values()) {
      Studio.Played played = studio.replay(match, "Is it rainin?");
      assertThat(((Failed) played.ending()).failure())
          .isEqualTo(
              new Failure(
                  Kind.REPLAY_MISMATCH,
                  "the cassette "
                      + studio.path
                      + " holds no answer to 'Is it rainin?'; it holds those to 'Is it raining?'",
                  "ask one of these, word for word, or record this one: ragstream ask --record "
                      + studio.path
                      + " QUESTION"));
    }
  }

  @Test
  void ofSeveralRunsTheLatestAnswers() {
    record("No.");

    assertThat(studio.replay(Match.EXACT, Studio.QUESTION).answer()).isEqualTo("No.");
    assertThat(studio.replay(Match.QUESTION, Studio.QUESTION).answer()).isEqualTo("No.");
  }

  @Test
  void theRunOfTheVeryRequestAnswersThoughAnotherIsLater() {
    studio.options = new ChatOptions(0.5, null, null, null, List.of(), Map.of());
    record("Warm.");
    studio.options = ChatOptions.DEFAULTS;

    assertThat(studio.replay(Match.EXACT, Studio.QUESTION).answer()).isEqualTo("Yes.");
    assertThat(studio.replay(Match.QUESTION, Studio.QUESTION).answer()).isEqualTo("Warm.");
  }

  @Test
  void theRunAfterTheSameConversationAnswers() {
    studio.history = List.of(new Message(Message.Role.USER, "Hello"));
    record("Hello. Yes.");
    studio.history = List.of();

    assertThat(studio.replay(Match.QUESTION, Studio.QUESTION).answer()).isEqualTo("Yes.");
    studio.history = List.of(new Message(Message.Role.USER, "Hello"));
    assertThat(studio.replay(Match.QUESTION, Studio.QUESTION).answer()).isEqualTo("Hello. Yes.");
  }

  @Test
  void aModelThatIsNotKnownIsNamed() throws IOException {
    Files.writeString(
        studio.path, Files.readString(studio.path).replace("openai:test-model", "future:model"));

    assertThat(failure(Match.EXACT).problem())
        .isEqualTo(
            "the cassette "
                + studio.path
                + " was recorded with the model future:model, which is not known here (line 2)");
  }

  @Test
  void inProcessAnswersAreComparedByTheirMessages() {
    studio.record("Is it windy?", _ -> Spoken.of("No, ", "it is not."));
    assertThat(studio.replay(Match.EXACT, "Is it windy?").answer()).isEqualTo("No, it is not.");
    studio.passages = List.of();

    Failed failed = (Failed) studio.replay(Match.EXACT, "Is it windy?").ending();

    assertThat(failed.failure().problem()).contains("\n  -It rains until noon.");
    assertThat(studio.replay(Match.QUESTION, "Is it windy?").answer()).isEqualTo("No, it is not.");
  }

  private void record(String answer) {
    server.script(
        send(
            STREAM
                + "data: {\"choices\":[{\"delta\":{\"content\":\""
                + answer
                + "\"}}]}\n\ndata: [DONE]\n\n"),
        hangUp());
    studio.record(server.url(), Studio.QUESTION);
  }

  private Failure failure(Match match) {
    return ((Failed) studio.replay(match, Studio.QUESTION).ending()).failure();
  }
}
