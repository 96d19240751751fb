package dev.ragstream.render;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How text may look where it goes.
 *
 * @param look which sequences the terminal is sent
 * @param columns that a line may take; {@link #WHOLE} where no lines are broken and nothing is cut
 * @param sources the folder that relative sources of passages start at, where the terminal knows
 *     links; null where none are made
 */
public record Style(Look look, int columns, @Nullable Path sources) {

  /** The width of what is no terminal. */
  public static final int WHOLE = Integer.MAX_VALUE;

  public static final Style PLAIN = new Style(Look.PLAIN, WHOLE, null);
  public static final Style ANSI = new Style(Look.COLOURS, WHOLE, null);

  /** Which sequences a terminal is sent. */
  public enum Look {
    /** None at all. */
    PLAIN,
    /** Bold, dim and underlined text and links, but no colours. */
    WEIGHTS,
    /** All of them. */
    COLOURS
  }

  /** Whether any sequences are sent. */
  public boolean ansi() {
    return look != Look.PLAIN;
  }

  /** The same with lines of so many columns. */
  public Style within(int width) {
    return new Style(look, width, sources);
  }

  /** The same with links to the files that passages come from. */
  public Style linking(Path folder) {
    return ansi() ? new Style(look, columns, folder) : this;
  }

  /**
   * A text that leads to the file of a passage.
   *
   * @param source as the passage names it; what is no file leads nowhere
   */
  public String link(String text, String source) {
    if (sources == null) {
      return text;
    }
    try {
      Path file = sources.resolve(source);
      return file.toFile().exists()
          ? "\u001b]8;;" + file.toUri() + "\u001b\\" + text + "\u001b]8;;\u001b\\"
          : text;
    } catch (InvalidPathException _) {
      return text;
    }
  }

  /**
   * Lines that are broken between words to fit; as they are where the width is {@link #WHOLE}.
   *
   * @param text safe, and styled by this where at all
   * @param indent what stands before the words that a line goes on with
   */
  public String wrapped(String text, String indent) {
    return columns == WHOLE ? text : WrappedText.of(text, indent, columns);
  }

  public String bold(String text) {
    return weight("1", text);
  }

  public String dim(String text) {
    return weight("2", text);
  }

  public String red(String text) {
    return colour("31", text);
  }

  public String green(String text) {
    return colour("32", text);
  }

  public String yellow(String text) {
    return colour("33", text);
  }

  public String cyan(String text) {
    return colour("36", text);
  }

  private String weight(String code, String text) {
    return ansi() ? set(code, text) : text;
  }

  private String colour(String code, String text) {
    return look == Look.COLOURS ? set(code, text) : text;
  }

  private static String set(String code, String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
