package dev.ragstream.ingest;

import dev.ragstream.ingest.Document.Block;
import dev.ragstream.ingest.Document.Block.Kind;
import java.lang.Character.UnicodeScript;
import java.util.List;
import java.util.regex.Pattern;

/** Makes paragraphs of the lines on a page: wrapped lines and hyphenated words are joined. */
final class PdfText {

  private static final Pattern BLANK_LINES = Pattern.compile("\\n(?:\\s*\\n)+");
  private static final Pattern LIST_ITEM =
      Pattern.compile("\\A(?:[-*•◦▪‣–]\\s|\\(?\\d{1,3}[.)]\\s|\\(?[a-z][.)]\\s).*", Pattern.DOTALL);

  /** A line this much shorter than the widest one ended because its text did. */
  private static final double FULL_LINE = 0.6;

  private PdfText() {}

  static List<Block> blocks(String page) {
    String text = page.replace("\0", "").replace("\r\n", "\n").replace('\u00A0', ' ');
    int width = text.lines().mapToInt(String::length).max().orElse(0);
    return BLANK_LINES
        .splitAsStream(text)
        .map(paragraph -> unwrapped(paragraph, (int) (width * FULL_LINE)))
        .filter(paragraph -> !paragraph.isBlank())
        .map(PdfText::block)
        .toList();
  }

  private static Block block(String paragraph) {
    return new Block(paragraph.contains("\n") ? Kind.LINES : Kind.PROSE, paragraph);
  }

  private static String unwrapped(String paragraph, int fullLine) {
    StringBuilder text = new StringBuilder();
    int previous = 0;
    for (String raw : paragraph.lines().toList()) {
      String line = raw.strip();
      if (line.isEmpty()) {
        continue;
      }
      if (!text.isEmpty()) {
        join(text, line, previous >= fullLine);
      }
      text.append(line);
      previous = line.length();
    }
    return text.toString().replace("\u00AD", "");
  }

  private static void join(StringBuilder text, String line, boolean wrapped) {
    char last = text.charAt(text.length() - 1);
    boolean goesOn = Character.isLowerCase(line.codePointAt(0));
    if (last == '\u00AD') {
      text.setLength(text.length() - 1);
    } else if (last == '-' && goesOn && text.length() > 1 && isLetter(text, text.length() - 2)) {
      text.setLength(text.length() - 1);
    } else if (!wrapped || LIST_ITEM.matcher(line).matches()) {
      text.append('\n');
    } else if (!isCjk(last) || !isCjk(line.charAt(0))) {
      text.append(' ');
    }
  }

  private static boolean isLetter(StringBuilder text, int index) {
    return Character.isLetter(text.charAt(index));
  }

  private static boolean isCjk(char c) {
    return switch (UnicodeScript.of(c)) {
      case HAN, HIRAGANA, KATAKANA -> true;
      default -> (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF);
    };
  }
}
