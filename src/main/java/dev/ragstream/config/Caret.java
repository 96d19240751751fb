package dev.ragstream.config;

import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Points at a character of a text.
 *
 * @param line from 1
 * @param column in characters, from 1
 * @param remedy what usually helps where the text is no YAML at this character
 * @param drawing the line with a caret beneath the character, and without what may be secret
 */
record Caret(int line, int column, String drawing, String remedy) {

  private static final int WIDEST = 100;

  /** What means something to YAML where a value begins, such as the star of a glob. */
  private static final Pattern RESERVED = Pattern.compile("[*&!%@`|>]");

  /** The value of a key that sounds like a secret's, up to the end of the line. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i)([\\w-]*(?:key|token|secret|password|authorization)[\\w-]*|headers)"
              + "(\"?'?\\s*[:=]\\s*)(.+)");

  /** The user's name and password in an address. */
  private static final Pattern USER = Pattern.compile("(?<=//)[^/@\\s]+(?=@)");

  static Caret at(Mark mark, String text) {
    String line = text.lines().skip(mark.getLine()).findFirst().orElse("");
    int column = Math.min(mark.getColumn(), line.codePointCount(0, line.length()));
    int offset = line.offsetByCodePoints(0, column);
    int start = offset > WIDEST * 3 / 4 ? line.offsetByCodePoints(offset, -WIDEST / 2) : 0;
    String hidden = hide(line);
    String shown = hidden.substring(start, Math.min(hidden.length(), start + WIDEST));
    String drawing = "  %s\n  %s^".formatted(shown, blanks(line.substring(start, offset)));
    return new Caret(mark.getLine() + 1, column + 1, drawing, remedy(line, offset));
  }

  private static String remedy(String line, int offset) {
    String before = line.substring(0, offset);
    String after = line.substring(offset);
    if (after.startsWith("\t")) {
      return "indent with spaces, not with tabs";
    }
    boolean variable = before.endsWith("$") && after.startsWith("{");
    return variable || before.endsWith("*") || RESERVED.matcher(after).lookingAt()
        ? "put quotes around the value"
        : "correct the line";
  }

  private static String hide(String line) {
    String withoutUser = USER.matcher(line).replaceAll(match -> "*".repeat(match.group().length()));
    return SECRET
        .matcher(withoutUser)
        .replaceAll(match -> match.group(1) + match.group(2) + "*".repeat(match.group(3).length()));
  }

  /** As wide as the text: tabs stay, and a wide character's blank is wide. */
  private static String blanks(String text) {
    StringBuilder blanks = new StringBuilder();
    text.codePoints()
        .map(c -> c == '\t' ? c : Character.isIdeographic(c) ? '\u3000' : ' ')
        .forEach(blanks::appendCodePoint);
    return blanks.toString();
  }
}
