package dev.ragstream.render;

import dev.ragstream.core.Ledger;
import dev.ragstream.core.Ledger.Outcome;
import dev.ragstream.core.Ledger.Reason;
import java.util.Locale;

/** A ledger as two tables that fit the width: bars give way first, then blanks, then names. */
final class LedgerText {

  private static final int WIDEST_BAR = 16;
  private static final int WIDEST_OUTCOME = 28;
  private static final int SHORTEST_NAME = 8;

  /** What a passage's line takes beside its bar, outcome and name; the last column stays free. */
  private static final int REST = 15;

  private static final String BELOW_NOTES = " ".repeat(18);

  private final Ledger ledger;
  private final Style style;
  private final int outcomes;
  private final int bars;
  private final int names;

  LedgerText(Ledger ledger, Style style) {
    this.ledger = ledger;
    this.style = style;
    int longestName =
        ledger.entries().stream().mapToInt(entry -> TextWidth.of(name(entry))).max().orElse(0);
    int longestOutcome =
        ledger.entries().stream().mapToInt(entry -> outcome(entry).length()).max().orElse(0);
    int room = style.columns() - REST;
    int wantedBar = style.ansi() ? WIDEST_BAR + 2 : 0;
    outcomes =
        Math.clamp(
            (long) room - wantedBar - longestName,
            longestOutcome,
            Math.max(longestOutcome, WIDEST_OUTCOME));
    bars = style.ansi() ? Bar.width(room - 2 - outcomes - longestName, WIDEST_BAR) : 0;
    names = Math.max(SHORTEST_NAME, room - outcomes - (bars == 0 ? 0 : bars + 2));
  }

  String text() {
    StringBuilder text = new StringBuilder();
    text.append(row("template", ledger.template(), ""));
    text.append(
        row(
            "history",
            ledger.history(),
            ledger.droppedMessages() == 0
                ? ""
                : ledger.droppedMessages() + " older messages did not fit and were left out"));
    text.append(row("question", ledger.question(), ""));
    text.append(row("passages", ledger.passages(), ""));
    text.append(
        line(
            "total",
            ledger.total(),
            "",
            "of %d (budget %d, reserved for the answer %d)"
                .formatted(ledger.budget() - ledger.reserve(), ledger.budget(), ledger.reserve())));
    text.append('\n');
    ledger.entries().forEach(entry -> text.append(line(entry)));
    return text.toString();
  }

  private String row(String name, int tokens, String note) {
    return line(name, tokens, bar(tokens), note);
  }

  private String line(String name, int tokens, String bar, String note) {
    String line = String.format(Locale.ROOT, "%-9s %6d", name, tokens) + bar;
    return style.wrapped(line + (note.isEmpty() ? "" : "  " + note) + "\n", BELOW_NOTES);
  }

  private String line(Ledger.Entry entry) {
    String said =
        String.format(Locale.ROOT, "%4s %6d", "[" + entry.passage().n() + "]", entry.tokens())
            + bar(entry.tokens())
            + "  "
            + outcome(entry)
            + " ".repeat(outcomes - outcome(entry).length() + 1)
            + TextWidth.shortened(name(entry), names);
    return (entry.outcome() instanceof Outcome.Dropped ? style.dim(said) : said) + "\n";
  }

  /** What share of the prompt something has; nothing where there is no room. */
  private String bar(int tokens) {
    return bars == 0
        ? ""
        : "  " + style.cyan(Bar.of((double) tokens / Math.max(1, ledger.total()), bars));
  }

  private static String name(Ledger.Entry entry) {
    return TerminalText.oneLine(entry.passage().chunk().id());
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
}
