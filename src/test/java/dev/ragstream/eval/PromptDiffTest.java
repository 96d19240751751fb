package dev.ragstream.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.eval.GoldenPrompts.Fenced;
import dev.ragstream.eval.GoldenPrompts.Numbered;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptDiffTest {

  private static final String TODAY = "today.md: Rain from noon.\nTake an umbrella.";
  private static final String OLD = "old.md: It was dry.";

  @Test
  void theSamePromptDiffersInNothing() {
    assertThat(PromptDiff.between(GoldenPrompts.of(TODAY, OLD), GoldenPrompts.of(TODAY, OLD)))
        .isEmpty();
  }

  @Test
  void aPassageThatCame() {
    assertThat(diff(GoldenPrompts.of(TODAY), GoldenPrompts.of(TODAY, OLD)))
        .isEqualTo("+ passage [2] old.md#0 is new");
  }

  @Test
  void aPassageThatWent() {
    assertThat(diff(GoldenPrompts.of(TODAY, OLD), GoldenPrompts.of(TODAY)))
        .isEqualTo("- passage [2] old.md#0 is gone");
  }

  @Test
  void passagesThatMoved() {
    assertThat(diff(GoldenPrompts.of(TODAY, OLD), GoldenPrompts.of(OLD, TODAY)))
        .isEqualTo(
            """
            ↕ passage old.md#0 moved from [2] to [1]
            ↕ passage today.md#0 moved from [1] to [2]\
            """);
  }

  @Test
  void aPassageThatChanged() {
    assertThat(
            diff(
                GoldenPrompts.of(TODAY, OLD),
                GoldenPrompts.of("today.md: Rain from noon.\n--- Leave it at home.", OLD)))
        .isEqualTo(
            """
            ~ passage [1] today.md#0 changed
                @@ -1,2 +1,2 @@
                 Rain from noon.
                -Take an umbrella.
                +--- Leave it at home.\
            """);
  }

  @Test
  void theTextOfTheTemplateChanged() {
    assertThat(
            diff(
                GoldenPrompts.of(
                    new Fenced("Be brief.\n-- The editor"), GoldenPrompts.QUESTION, TODAY),
                GoldenPrompts.of(new Fenced("Be brief."), GoldenPrompts.QUESTION, TODAY)))
        .isEqualTo(
            """
            ~ system message changed
                @@ -1,2 +1,1 @@
                 Be brief.
                --- The editor\
            """);
  }

  @Test
  void theQuestionChangedAndIsToldOnce() {
    assertThat(
            diff(
                GoldenPrompts.of(new Fenced("Be brief."), "Rain?", TODAY),
                GoldenPrompts.of(new Fenced("Be brief."), "Snow?", TODAY)))
        .isEqualTo(
            """
            ~ question changed
                @@ -1,1 +1,1 @@
                -Rain?
                +Snow?\
            """);
  }

  @Test
  void severalThingsAtOnceAreToldOneByOne() {
    assertThat(
            diff(
                GoldenPrompts.of(new Fenced("Be brief."), "Rain?", TODAY, OLD),
                GoldenPrompts.of(
                    new Fenced("Be polite."), "Rain?", "new.md: Hail.", "today.md: Rain.")))
        .isEqualTo(
            """
            + passage [1] new.md#0 is new
            ↕ passage today.md#0 moved from [1] to [2]
            ~ passage [2] today.md#0 changed
                @@ -1,2 +1,1 @@
                -Rain from noon.
                -Take an umbrella.
                +Rain.
            - passage [2] old.md#0 is gone
            ~ system message changed
                @@ -1,1 +1,1 @@
                -Be brief.
                +Be polite.\
            """);
  }

  @Test
  void anotherTemplateShowsWhatItPutsAroundThePassages() {
    assertThat(
            diff(
                GoldenPrompts.of(TODAY),
                GoldenPrompts.of(new Numbered(), GoldenPrompts.QUESTION, TODAY)))
        .isEqualTo(
            """
            ~ message changed: system → user
                @@ -1,1 +1,3 @@
                -Answer from the passages.
                +Facts:
                +(1) ⟨passages⟩
                +Now: ⟨question⟩
            ~ message changed: user → none
                @@ -1,5 +1,0 @@
                -The code is FENCE.
                -
                -⟨passages⟩
                -
                -Question: ⟨question⟩\
            """);
  }

  @Test
  void aTemplateWithItsOwnDelimitersTellsNothingTwice() {
    assertThat(
            diff(
                GoldenPrompts.of(new Numbered(), "Rain?", TODAY),
                GoldenPrompts.of(new Numbered(), "Rain?", TODAY, OLD)))
        .isEqualTo("+ passage [2] old.md#0 is new");
  }

  @Test
  void aTextThatStandsTwiceConfusesNothing() {
    String question = "Rain from noon.\nTake an umbrella.";
    String within = "more.md: Rain from noon.\nTake an umbrella. Or a coat, or a hat, or boots.";
    assertThat(
            diff(
                GoldenPrompts.of(new Fenced(question), question, within, TODAY),
                GoldenPrompts.of(new Fenced(question), question, TODAY, within)))
        .isEqualTo(
            """
            ↕ passage today.md#0 moved from [2] to [1]
            ↕ passage more.md#0 moved from [1] to [2]\
            """);
  }

  @Test
  void whatOnlyTheTextAroundAPassageTellsIsNotLost() {
    GoldenPrompt before = GoldenPrompts.of(TODAY);
    List<GoldenPrompt.Line> messages =
        before.messages().stream()
            .map(line ->
                new GoldenPrompt.Line(
                    line.role(), line.content().replace("source: today.md", "source: tonight")))
            .toList();
    GoldenPrompt after =
        new GoldenPrompt(1, before.question(), before.template(), messages, before.passages());
    assertThat(diff(before, after))
        .startsWith("~ message 2 changed around its passages\n")
        .contains("    -source: today.md\n    +source: tonight\n");
  }

  private static String diff(GoldenPrompt before, GoldenPrompt after) {
    return String.join("\n", PromptDiff.between(before, after));
  }
}
