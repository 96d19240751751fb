package dev.ragstream.render;

import dev.ragstream.core.Ledger;
import dev.ragstream.core.Message;
import dev.ragstream.core.Prompt;
import java.util.Locale;

/** Shows a prompt to people: the messages as they are sent, and the ledger. */
public final class PromptText {

  private static final int RULE_WIDTH = 72;
  private static final int SHORTEST_REST = 3;
  private static final int ROUND_THE_NAME = 4 + SHORTEST_REST;

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
    return rule("ledger, in tokens", style) + new LedgerText(ledger, style).text();
  }

  /** A line across that names what is below it. */
  public static String rule(String name, Style style) {
    String line = "── " + TextWidth.cut(name, style.columns() - ROUND_THE_NAME) + " ";
    int rest = Math.min(RULE_WIDTH, style.columns()) - TextWidth.of(line);
    return style.cyan(line + "─".repeat(Math.max(SHORTEST_REST, rest))) + "\n";
  }
}
