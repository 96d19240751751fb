package dev.ragstream.render;

/** A bar of a chart, drawn in eighths of a column. */
final class Bar {

  private static final String EIGHTHS = " ▏▎▍▌▋▊▉█";

  private static final int NARROWEST = 4;

  private Bar() {}

  /**
   * How many columns a bar gets.
   *
   * @param room what is left for it; where that is too little, there is none: 0
   */
  static int width(int room, int most) {
    return room < NARROWEST ? 0 : Math.min(room, most);
  }

  /**
   * A bar, with blanks to its full width.
   *
   * @param share of the longest one, from 0 to 1
   * @param columns of the longest one
   */
  static String of(double share, int columns) {
    int eighths = (int) Math.round(Math.clamp(share, 0, 1) * columns * 8);
    int whole = eighths / 8;
    String part = eighths % 8 == 0 ? "" : EIGHTHS.substring(eighths % 8, eighths % 8 + 1);
    return ("█".repeat(whole) + part + " ".repeat(columns)).substring(0, columns);
  }
}
