package dev.ragstream.cli;

import dev.ragstream.render.Style;
import java.io.InputStream;
import java.io.PrintStream;

/**
 * The streams of a command and what is known of them; a test gives it its own.
 *
 * @param terminals which of the three are a terminal
 * @param columns the terminal's width
 */
record Console(InputStream in, PrintStream out, PrintStream err, Terminals terminals, int columns) {

  /** Which streams are a terminal. */
  record Terminals(boolean in, boolean out, boolean err) {

    static final Terminals NONE = new Terminals(false, false, false);
  }

  Style style(ColorMode mode, boolean noColor, boolean terminal) {
    return switch (mode) {
      case ALWAYS -> Style.ANSI;
      case NEVER -> Style.PLAIN;
      case AUTO -> terminal && !noColor ? Style.ANSI : Style.PLAIN;
    };
  }

  /** When colours are used. */
  enum ColorMode {
    AUTO,
    ALWAYS,
    NEVER
  }
}
