package dev.ragstream.render;

import org.jline.utils.WCWidth;

/** How many columns of a terminal a text takes. */
public final class TextWidth {

  private TextWidth() {}

  /** Of text that is safe and on one line. */
  public static int of(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      width += of(text.codePointAt(i));
    }
    return width;
  }

  /** Of one character: 2 for those of Chinese, 0 for marks on another one. */
  public static int of(int codePoint) {
    return codePoint < 0x300 ? 1 : Math.max(0, WCWidth.wcwidth(codePoint));
  }

  /** The text, cut to fit with an ellipsis where it is longer. */
  public static String cut(String text, int columns) {
    return of(text) <= columns ? text : text.substring(0, fitting(text, columns - 1)) + "…";
  }

  /**
   * The text, with an ellipsis in the place of what is too long of it: most of the end stays, which
   * tells names of one folder apart.
   */
  public static String shortened(String text, int columns) {
    int width = of(text);
    if (width <= columns) {
      return text;
    }
    int head = fitting(text, Math.max(1, (columns - 1) / 3));
    int tail = head;
    while (tail < text.length() && width + 1 > columns) {
      int character = text.codePointAt(tail);
      width -= of(character);
      tail += Character.charCount(character);
    }
    return text.substring(0, head) + "…" + text.substring(tail);
  }

  /** How many chars of a text fit; at least one character, so that who cuts gets on. */
  public static int fitting(String text, int columns) {
    int end = 0;
    int width = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      width += of(character);
      if (width > columns && end > 0) {
        break;
      }
      end += Character.charCount(character);
    }
    return end;
  }
}
