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
import dev.ragstream.core.Timings;
import dev.ragstream.core.Unread;
import dev.ragstream.core.Usage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerTextTest {

  private static final Timings TIMINGS = new Timings(12, 240, 1840);
  private static final Completed COMPLETED =
      new Completed("stop", List.of(1), new Usage(812, 64), null, TIMINGS);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void theAnswerGoesToOneStreamAndAllElseToTheOther() {
    show(
        reader(true, true, false),
        new Retrieved(Answers.RETRIEVAL),
        new PromptBuilt(Answers.PROMPT),
        new Reasoning("Is it "),
        new Reasoning("wet?"),
        new Text("Yes, "),
        new Text("take one [1]."),
        COMPLETED);
    assertThat(out()).isEqualTo("Yes, take one [1].\n");
    assertThat(err())
        .isEqualTo(
            """
            Is it wet?


            [1] weather/today.md — Today › North
            [2] weather/今天.md (not cited)
            test-model · retrieval 12 ms · first text 240 ms · total 1.8 s · 812 + 64 tokens
            """);
  }

  @Test
  void whatTheServerDidNotReadIsWarnedOf() {
    Completed unread =
        new Completed(
            "stop", List.of(1), new Usage(2048, 64), new Unread(3000, 2048, List.of(1)), TIMINGS);
    show(reader(true, true, true), new PromptBuilt(Answers.PROMPT), new Text("Yes."), unread);
    assertThat(err())
        .isEqualTo(
            """
            warning: the model's server read only 2048 of about 3000 tokens; passage [1] fell in \
            the part that was cut
              → %s
            """
                .formatted(new Unread(3000, 2048, List.of(1)).remedy()));
  }

  @Test
  void aStreamedPieceIsThereAtOnceAndAHeldOneAtTheEnd() {
    AnswerText streamed = reader(true, false, true);
    show(streamed, new Text("Yes"));
    assertThat(out()).isEqualTo("Yes");
    out.reset();
    AnswerText held = reader(false, false, true);
    show(held, new Text("Yes"), new Text(", take one."));
    assertThat(out()).isEmpty();
    show(held, COMPLETED);
    assertThat(out()).isEqualTo("Yes, take one.\n");
  }

  @Test
  void anAnswerThatEndsItsLineGetsNoSecondLineEnd() {
    show(reader(true, false, true), new Text("Yes.\n"), COMPLETED);
    assertThat(out()).isEqualTo("Yes.\n");
  }

  @Test
  void reasoningThatIsHiddenLeavesNoTrace() {
    show(reader(true, false, true), new Reasoning("Is it wet?"), new Text("Yes."), COMPLETED);
    assertThat(out()).isEqualTo("Yes.\n");
    assertThat(err()).isEmpty();
  }

  @Test
  void whereNothingWasSaidNothingIsPrinted() {
    show(reader(true, true, true), COMPLETED);
    assertThat(out()).isEmpty();
  }

  @Test
  void aCancelledAnswerEndsItsLine() {
    show(reader(true, true, false), new Text("Yes, ta"), new Cancelled(TIMINGS));
    assertThat(out()).isEqualTo("Yes, ta\n");
    assertThat(err()).isEqualTo("cancelled\n");
  }

  @Test
  void aFailedAnswerKeepsWhatItSaid() {
    Failure failure = new Failure(Failure.Kind.UPSTREAM_STALLED, "silence", "wait");
    show(reader(false, true, false), new Text("Yes, ta"), new Failed(failure, TIMINGS));
    assertThat(out()).isEqualTo("Yes, ta\n");
    assertThat(err()).isEqualTo("error: silence\n  → wait\n");
  }

  @Test
  void whatIsNotKnownOrUsualShapesTheLastLine() {
    show(
        reader(true, false, false),
        new Completed("length", List.of(), Usage.UNKNOWN, null, new Timings(1000, -1, 12_345)));
    assertThat(err())
        .startsWith(
            "warning: the model ended without a word of an answer (it finished with length)\n")
        .endsWith("\n\ntest-model · retrieval 1.0 s · total 12.3 s · finished: length\n");
  }

  @Test
  void nothingHarmfulGetsThroughFromAnywhere() {
    String evil = "\u001b[31m\u009b\u0007\u202e";
    AnswerText reader =
        new AnswerText(
            print(out), print(err), Style.PLAIN, new AnswerText.Options(evil, true, true, false));
    show(
        reader,
        new Reasoning(evil),
        new Text("a\u001b"),
        new Text("[31m"),
        new Completed(evil, List.of(), Usage.UNKNOWN, null, TIMINGS),
        new Failed(new Failure(Failure.Kind.INTERNAL, evil, evil), TIMINGS));
    assertThat(out()).isEqualTo("a␛[31m\n");
    assertThat(err()).doesNotMatch(TerminalTextTest.HARMFUL);
  }

  @Test
  void theRemedyOfAFailureIsIndentedBelowItsProblem() {
    assertThat(
            FailureText.of(
                new Failure(Failure.Kind.USAGE, "two\n  lines", "do this\nthen that"), Style.PLAIN))
        .isEqualTo(
            """
            error: two
              lines
              → do this
                then that
            """);
  }

  private AnswerText reader(boolean streamed, boolean showsReasoning, boolean quiet) {
    return new AnswerText(
        print(out),
        print(err),
        Style.PLAIN,
        new AnswerText.Options("test-model", streamed, showsReasoning, quiet));
  }

  private static void show(AnswerText reader, AnswerEvent... events) {
    List.of(events).forEach(reader);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, false, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  @Test
  void anAnswerWithoutAWordIsWarnedOf() {
    show(reader(true, true, true), new PromptBuilt(Answers.PROMPT), COMPLETED);
    assertThat(out()).isEmpty();
    assertThat(err())
        .startsWith(
            "warning: the model ended without a word of an answer (it finished with stop)\n  → ");
  }
}
