package dev.ragstream.cli;

import dev.ragstream.render.Style;
import dev.ragstream.render.Style.Look;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * The streams of a command and what is known of them; a test gives it its own.
 *
 * @param terminals which of the three are a terminal
 * @param columns the terminal's width; one that tells none, or 0, is taken for 80 columns wide
 */
record Console(InputStream in, PrintStream out, PrintStream err, Terminals terminals, int columns) {

  private static final int DEFAULT_COLUMNS = 80;

  Console {
    columns = width(columns);
  }

  /** The width to reckon with where a terminal says {@code told}: 0 means that it does not know. */
  static int width(int told) {
    return told > 0 ? told : DEFAULT_COLUMNS;
  }

  /** Which streams are a terminal. */
  record Terminals(boolean in, boolean out, boolean err) {

    static final Terminals NONE = new Terminals(false, false, false);
  }

  /**
   * How text may look on a stream.
   *
   * @param environment whose {@code NO_COLOR} and {@code TERM} are heeded
   * @param terminal whether the stream is one
   */
  Style style(ColorMode mode, Map<String, String> environment, boolean terminal) {
    Look look =
        switch (mode) {
          case ALWAYS -> Look.COLOURS;
          case NEVER -> Look.PLAIN;
          case AUTO -> terminal ? look(environment) : Look.PLAIN;
        };
    return new Style(look, terminal ? columns : Style.WHOLE, null);
  }

  private static Look look(Map<String, String> environment) {
    if (environment.getOrDefault("TERM", "").equals("dumb")) {
      return Look.PLAIN;
    }
    return environment.getOrDefault("NO_COLOR", "").isEmpty() ? Look.COLOURS : Look.WEIGHTS;
  }

  /** When colours are used. */
  enum ColorMode {
    AUTO,
    ALWAYS,
    NEVER
  }
}
