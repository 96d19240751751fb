package dev.ragstream.render;

import dev.ragstream.core.Finding;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The formats of {@code ragstream doctor}. */
public final class FindingFormats {

  private FindingFormats() {}

  /** For people: a line for each finding, and one for what to do about it. */
  public static String text(List<Finding> findings, Style style) {
    int width = findings.stream().mapToInt(each -> each.subject().length()).max().orElse(0);
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      String name = finding.subject() + " ".repeat(width - finding.subject().length());
      String line =
          mark(finding.level(), style)
              + " "
              + name
              + "  "
              + TerminalText.oneLine(finding.observation())
              + "\n";
      text.append(style.wrapped(line, " ".repeat(width + 4)));
      if (finding.remedy() != null) {
        String remedy =
            " ".repeat(width + 4)
                + style.cyan("→")
                + " "
                + TerminalText.oneLine(finding.remedy())
                + "\n";
        text.append(style.wrapped(remedy, " ".repeat(width + 6)));
      }
    }
    return text.toString();
  }

  /** One object; {@code healthy} where nothing is broken. */
  public static String json(List<Finding> findings) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("healthy", findings.stream().noneMatch(each -> each.level() == Finding.Level.BROKEN));
    ArrayNode list = node.putArray("findings");
    for (Finding finding : findings) {
      ObjectNode each =
          list.addObject()
              .put("level", finding.level().name().toLowerCase(Locale.ROOT))
              .put("subject", finding.subject())
              .put("observation", finding.observation());
      if (finding.remedy() != null) {
        each.put("remedy", finding.remedy());
      }
    }
    return JsonText.pretty(node);
  }

  private static String mark(Finding.Level level, Style style) {
    return switch (level) {
      case GOOD -> style.green("✓");
      case WARNING -> style.yellow("!");
      case BROKEN -> style.red("✗");
    };
  }
}
