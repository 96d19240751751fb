package dev.ragstream.render;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Colours and weights of a terminal, or none.
 *
 * @param ansi whether the terminal knows them
 * @param sources the folder that relative sources of passages start at, where the terminal knows
 *     links; null where none are made
 */
public record Style(boolean ansi, @Nullable Path sources) {

  public static final Style PLAIN = new Style(false, null);
  public static final Style ANSI = new Style(true, null);

  /** The same with links to the files that passages come from. */
  public Style linking(Path folder) {
    return ansi ? new Style(true, folder) : this;
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

  public String bold(String text) {
    return wrap("1", text);
  }

  public String dim(String text) {
    return wrap("2", text);
  }

  public String red(String text) {
    return wrap("31", text);
  }

  public String green(String text) {
    return wrap("32", text);
  }

  public String yellow(String text) {
    return wrap("33", text);
  }

  public String cyan(String text) {
    return wrap("36", text);
  }

  private String wrap(String code, String text) {
    return ansi ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
