package dev.ragstream.render;

import dev.ragstream.core.Ledger;
import dev.ragstream.core.Ledger.Outcome;
import dev.ragstream.core.Ledger.Reason;
import dev.ragstream.core.Message;
import dev.ragstream.core.Prompt;
import java.util.Locale;

/** Shows a prompt to people: the messages as they are sent, and the ledger. */
public final class PromptText {

  private static final int RULE_WIDTH = 72;
  private static final int BAR_WIDTH = 16;

  private PromptText() {}

  /** Messages, then the ledger. */
  public static String of(Prompt prompt, Style style) {
    return messages(prompt, style) + "\n" + ledger(prompt.ledger(), style);
  }

  /** Each message below a line that names its role. */
  public static String messages(Prompt prompt, Style style) {
    StringBuilder text = new StringBuilder();
    for (Message message : prompt.messages()) {
      text.append(rule(message.role().name().toLowerCase(Locale.ROOT), style))
          .append(TerminalText.safe(message.content()))
          .append('\n');
    }
    return text.toString();
  }

  /** Where the tokens go, and what became of each passage. */
  public static String ledger(Ledger ledger, Style style) {
    StringBuilder text = new StringBuilder(rule("ledger, in tokens", style));
    row(text, "template", ledger.template(), bar(ledger.template(), ledger, style), "");
    row(
        text,
        "history",
        ledger.history(),
        bar(ledger.history(), ledger, style),
        ledger.droppedMessages() == 0
            ? ""
            : ledger.droppedMessages() + " older messages did not fit and were left out");
    row(text, "question", ledger.question(), bar(ledger.question(), ledger, style), "");
    row(text, "passages", ledger.passages(), bar(ledger.passages(), ledger, style), "");
    row(
        text,
        "total",
        ledger.total(),
        "",
        "of "
            + (ledger.budget() - ledger.reserve())
            + " (budget "
            + ledger.budget()
            + ", reserved for the answer "
            + ledger.reserve()
            + ")");
    text.append('\n');
    for (Ledger.Entry entry : ledger.entries()) {
      text.append(line(entry, ledger, style));
    }
    return text.toString();
  }

  /** What share of the prompt something has; nothing where there are no colours. */
  private static String bar(int tokens, Ledger ledger, Style style) {
    return style.ansi()
        ? "  " + style.cyan(Bar.of((double) tokens / Math.max(1, ledger.total()), BAR_WIDTH))
        : "";
  }

  private static String line(Ledger.Entry entry, Ledger ledger, Style style) {
    String said =
        String.format(
            Locale.ROOT,
            "%4s %6d%s  %-28s %s",
            "[" + entry.passage().n() + "]",
            entry.tokens(),
            bar(entry.tokens(), ledger, style),
            outcome(entry),
            TerminalText.oneLine(entry.passage().chunk().id()));
    return (entry.outcome() instanceof Outcome.Dropped ? style.dim(said) : said) + "\n";
  }

  private static String outcome(Ledger.Entry entry) {
    return switch (entry.outcome()) {
      case Outcome.Kept() -> "kept";
      case Outcome.Clipped() -> "clipped from " + entry.fullTokens();
      case Outcome.Dropped(Reason reason) ->
          switch (reason) {
            case Reason.OverBudget() -> "dropped: no room for " + entry.fullTokens();
            case Reason.DuplicateOf(int n) -> "dropped: duplicate of [" + n + "]";
            case Reason.BelowMinScore() -> "dropped: below min score";
            case Reason.BeyondTopK() -> "dropped: beyond top-k";
          };
    };
  }

  private static void row(StringBuilder text, String name, int tokens, String bar, String note) {
    text.append(String.format(Locale.ROOT, "%-9s %6d", name, tokens))
        .append(bar)
        .append(note.isEmpty() ? "" : "  " + note)
        .append('\n');
  }

  /** A line across that names what is below it. */
  public static String rule(String name, Style style) {
    String line = "── " + name + " ";
    return style.cyan(line + "─".repeat(Math.max(3, RULE_WIDTH - line.length()))) + "\n";
  }
}
