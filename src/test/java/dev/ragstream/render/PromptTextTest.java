package dev.ragstream.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Ledger;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Question;
import java.util.List;
import org.junit.jupiter.api.Test;

class PromptTextTest {

  @Test
  void showsTheMessagesAndWhereTheTokensGo() {
    assertThat(PromptText.of(Answers.PROMPT, Style.PLAIN))
        .isEqualTo(
            """
            ── system ──────────────────────────────────────────────────────────────
            Answer from the passages.
            ── user ────────────────────────────────────────────────────────────────
            Should I carry an umbrella?

            ── ledger, in tokens ───────────────────────────────────────────────────
            template      60
            history       25  2 older messages did not fit and were left out
            question       6
            passages     200
            total        291  of 3072 (budget 4096, reserved for the answer 1024)

             [1]    120  kept                         weather/today.md#0
             [2]     80  clipped from 150             weather/今天.md#3
             [3]      0  dropped: no room for 90      old.csv#17
             [4]      0  dropped: duplicate of [1]    old.csv#17
             [5]      0  dropped: below min score     old.csv#17
            [16]      0  dropped: beyond top-k        old.csv#17
            """);
  }

  @Test
  void aMessageCannotReachTheTerminal() {
    Prompt evil =
        new Prompt(
            new Question("rain?"),
            "default",
            List.of(new Message(Role.USER, "a\u001b]52;c;eA==\u0007b")),
            List.of(),
            "0badc0de",
            new Ledger(100, 10, 0, 0, 0, 1, 1, List.of()));
    assertThat(PromptText.of(evil, Style.PLAIN))
        .contains("a␛]52;c;eA==␇b")
        .doesNotMatch(TerminalTextTest.HARMFUL);
  }
}
