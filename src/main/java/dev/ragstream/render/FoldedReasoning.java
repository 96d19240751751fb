package dev.ragstream.render;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;

/**
 * Shows the last lines of what a model thinks aloud while it does, and in their place one line that
 * says how long that took. For terminals that can move their cursor.
 */
public final class FoldedReasoning implements ReasoningView {

  private static final int MOST_LINES = 4;
  private static final long REDRAW_NANOS = Duration.ofMillis(40).toNanos();
  private static final String ERASE_BELOW = "\r\u001b[J";

  private final PrintStream terminal;
  private final Style style;
  private final IntSupplier columns;
  private final LongSupplier nanos;

  /** The last lines, wrapped; the last one may still grow. */
  private final List<String> lines = new ArrayList<>(List.of(""));

  private boolean thinking;
  private long began;
  private long drawn;
  private int shown;

  /**
   * @param columns the terminal's width by now
   * @param nanos a clock
   */
  public FoldedReasoning(
      PrintStream terminal, Style style, IntSupplier columns, LongSupplier nanos) {
    this.terminal = terminal;
    this.style = style;
    this.columns = columns;
    this.nanos = nanos;
  }

  @Override
  public void add(String piece) {
    long now = nanos.getAsLong();
    if (!thinking) {
      thinking = true;
      began = now;
      drawn = now - REDRAW_NANOS;
    }
    TerminalText.safe(piece).replace("\t", "  ").codePoints().forEach(this::append);
    if (now - drawn >= REDRAW_NANOS) {
      drawn = now;
      draw();
    }
  }

  private void append(int c) {
    String last = lines.getLast();
    if (c == '\n') {
      if (!last.isBlank()) {
        lines.add("");
      }
    } else {
      String grown = last + Character.toString(c);
      if (TextWidth.of(grown) < Math.max(2, columns.getAsInt())) {
        lines.set(lines.size() - 1, grown);
      } else {
        lines.add(Character.toString(c));
      }
    }
    if (lines.size() > MOST_LINES) {
      lines.removeFirst();
    }
  }

  private void draw() {
    StringBuilder text = new StringBuilder(erasure());
    text.append(style.dim(String.join("\n", lines)));
    shown = lines.size();
    terminal.print(text);
    terminal.flush();
  }

  private String erasure() {
    return shown == 0 ? "" : (shown > 1 ? "\u001b[" + (shown - 1) + "A" : "") + ERASE_BELOW;
  }

  @Override
  public void end() {
    if (!thinking) {
      return;
    }
    long millis = (nanos.getAsLong() - began) / 1_000_000;
    terminal.println(erasure() + style.dim("thought for " + AnswerFacts.time(millis)));
    terminal.flush();
    thinking = false;
    shown = 0;
    lines.clear();
    lines.add("");
  }
}
