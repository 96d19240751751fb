package dev.ragstream.render;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Shows Markdown at a terminal while it comes: headings, lists, quotations, code, tables, and what
 * {@link InlineMarkdown} reads. A word is shown when it is whole, a line of code or a table when it
 * ends. Lines stay lines, as models mean them.
 */
public final class MarkdownText implements TextView {

  /** What a line may begin with, its content following. */
  private static final Pattern HEADING = Pattern.compile("(#{1,6}) +(.*)");

  private static final Pattern BULLET = Pattern.compile("([-*+]) +(.*)");
  private static final Pattern NUMBER = Pattern.compile("(\\d{1,9}[.)]) +(.*)");
  private static final Pattern QUOTE = Pattern.compile("(>) ?(.*)");
  private static final Pattern FENCE = Pattern.compile("(`{3,}|~{3,})[^`]*");
  private static final Pattern LINE = Pattern.compile("-{3,}|\\*{3,}|_{3,}");

  /** Whether a longer line could still become one of these. */
  private static final Pattern UNDECIDED =
      Pattern.compile("#{1,6} *|[-*+] *|-+|\\*+|_+|\\d{1,9}(?:[.)] *)?|> ?|[`~]{1,2}");

  private static final Set<Emphasis> NONE = Set.of();
  private static final int DEEPEST = 12;
  private static final int NARROWEST = 20;
  private static final int LONGEST_RULE = 40;

  private final PrintStream out;
  private final Style style;
  private final IntSupplier columns;
  private final WrappedText wrapped;

  /** What has come of a line whose kind is not known, or that is shown as a whole. */
  private final StringBuilder line = new StringBuilder();

  private final List<String> table = new ArrayList<>();

  /** Reads the content of the line that is being shown; null where none is. */
  private @Nullable InlineMarkdown inline;

  /** What closes the block of code; empty outside of one. */
  private String fence = "";

  private boolean blankBefore = true;

  /**
   * @param columns the terminal's width by now
   */
  public MarkdownText(PrintStream out, Style style, IntSupplier columns) {
    this.out = out;
    this.style = style;
    this.columns = columns;
    this.wrapped = new WrappedText(out, columns);
  }

  @Override
  public void add(String piece) {
    TerminalText.safe(piece).codePoints().forEach(this::take);
    out.flush();
  }

  @Override
  public void end() {
    if (inline != null || !line.isEmpty()) {
      endLine();
    }
    endTable();
    fence = "";
    blankBefore = true;
    out.flush();
  }

  private void take(int character) {
    if (character == '\n') {
      endLine();
    } else if (inline != null) {
      inline.add(character);
    } else {
      line.appendCodePoint(character);
      if (fence.isEmpty()) {
        decide(false);
      }
    }
  }

  private void endLine() {
    if (!fence.isEmpty()) {
      codeLine(line.toString());
    } else {
      if (inline == null) {
        decide(true);
      }
      if (inline != null) {
        inline.end();
        wrapped.endLine();
        inline = null;
      }
    }
    line.setLength(0);
  }

  private void codeLine(String code) {
    String mark = code.strip();
    if (mark.startsWith(fence) && mark.chars().allMatch(c -> c == fence.charAt(0))) {
      fence = "";
    } else {
      out.print("  " + style.cyan(code.replace("\t", "    ")) + "\n");
    }
  }

  /** Begins to show the line once its kind is known. */
  private void decide(boolean ended) {
    String text = line.toString();
    String content = text.stripLeading();
    if (content.isEmpty()) {
      if (ended) {
        blank();
      }
      return;
    }
    if (content.startsWith("|")) {
      if (ended) {
        table.add(content);
        blankBefore = false;
      }
      return;
    }
    boolean fenced = content.startsWith("```") || content.startsWith("~~~");
    if (!ended && (fenced || UNDECIDED.matcher(content).matches())) {
      return;
    }
    endTable();
    blankBefore = false;
    if (ended && isRule(content)) {
      return;
    }
    show(content, text.length() - content.length());
    line.setLength(0);
  }

  /** What is a line across, or begins a block of code, has no content. */
  private boolean isRule(String content) {
    Matcher opening = FENCE.matcher(content);
    if (opening.matches()) {
      fence = opening.group(1);
      return true;
    }
    if (LINE.matcher(content.strip()).matches()) {
      out.print(style.dim("─".repeat(Math.clamp(columns.getAsInt() - 1L, 3, LONGEST_RULE))) + "\n");
      return true;
    }
    return false;
  }

  private void show(String content, int depth) {
    String margin = " ".repeat(Math.min(depth, DEEPEST));
    Matcher heading = HEADING.matcher(content);
    Matcher bullet = BULLET.matcher(content);
    Matcher number = NUMBER.matcher(content);
    Matcher quote = QUOTE.matcher(content);
    if (heading.matches()) {
      Set<Emphasis> loud = Emphasis.BOLD.and(NONE);
      boolean first = heading.group(1).length() == 1;
      begin("", "", 0, first ? Emphasis.UNDERLINED.and(loud) : loud, heading.group(2));
    } else if (bullet.matches()) {
      item(margin, "• ", bullet.group(2));
    } else if (number.matches()) {
      item(margin, number.group(1) + " ", number.group(2));
    } else if (quote.matches()) {
      String bar = margin + style.dim("│ ");
      begin(bar, bar, margin.length() + 2, Emphasis.DIM.and(NONE), quote.group(2));
    } else {
      begin(margin, margin, margin.length(), NONE, content);
    }
  }

  private void item(String margin, String mark, String content) {
    String next = margin + " ".repeat(mark.length());
    begin(margin + mark, next, next.length(), NONE, content);
  }

  private void begin(String first, String next, int width, Set<Emphasis> emphasis, String content) {
    wrapped.begin(first, next, width);
    InlineMarkdown.Sink sink =
        style.look() == Style.Look.COLOURS
            ? wrapped
            : (character, wanted) -> wrapped.add(character, Emphasis.withoutColours(wanted));
    InlineMarkdown line = new InlineMarkdown(sink, emphasis);
    content.codePoints().forEach(line::add);
    inline = line;
  }

  /** Of several blank lines one is shown. */
  private void blank() {
    endTable();
    if (!blankBefore) {
      out.print("\n");
    }
    blankBefore = true;
  }

  private void endTable() {
    if (table.isEmpty()) {
      return;
    }
    int width = Math.max(NARROWEST, columns.getAsInt() - 1);
    AlignedTable.lines(table, width, style).forEach(line -> out.print(line + "\n"));
    table.clear();
  }
}
