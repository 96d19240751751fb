package dev.ragstream.core;

import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds sentences, in scripts with spaces and without. */
public final class Sentences {

  /** List item, quotation, code fence, or a {@code label: value} line. */
  private static final Pattern BEGINS_BLOCK =
      Pattern.compile(
          "\\h*(?:[-*+•]\\h|\\d{1,3}[.)]\\h|>|```|~~~|\\p{L}[\\p{L}\\p{N}_ -]{0,24}[:：]\\h?\\S).*",
          Pattern.DOTALL);

  /** Heading or table row: a block by itself, whatever marks are inside. */
  private static final Pattern IS_BLOCK =
      Pattern.compile("\\h*(?:#{1,6}\\h|\\|).*", Pattern.DOTALL);

  /** Abbreviations that more words follow, also words in upper case. */
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "e.g.", "i.e.", "cf.", "vs.", "viz.", "approx.", "ca.", "fig.", "eq.", "sec.", "mr.",
          "mrs.", "ms.", "dr.", "prof.", "st.", "nr.", "vol.");

  /** One upper-case initial, or letters each with its dot. */
  private static final Pattern INITIALS = Pattern.compile("\\p{Lu}\\.|(?:\\p{L}\\.){2,}");

  private static final Pattern ENDS_TIME = Pattern.compile("[ap]\\.m\\.");

  private static final Pattern ITEM_NUMBER = Pattern.compile("\\d{1,3}\\.");

  private Sentences() {}

  /**
   * Cuts a text into sentences. Joined together they are the text again: each holds its mark and
   * the white space after it. A line break after a list item, a heading or a table row ends a
   * sentence too, as does a blank line.
   */
  public static List<String> of(String text) {
    List<String> sentences = new ArrayList<>();
    int start = 0;
    boolean whole = false;
    boolean blank = true;
    for (int line = 0, next; line < text.length(); line = next) {
      int newline = text.indexOf('\n', line);
      next = newline < 0 ? text.length() : newline + 1;
      String content = text.substring(line, next);
      if (content.isBlank()) {
        blank = true;
        continue;
      }
      boolean alone = IS_BLOCK.matcher(content).matches();
      if (whole || alone || blank || BEGINS_BLOCK.matcher(content).matches()) {
        addBlock(text.substring(start, line), whole, sentences);
        start = line;
      }
      whole = alone;
      blank = false;
    }
    addBlock(text.substring(start), whole, sentences);
    return sentences;
  }

  private static void addBlock(String block, boolean whole, List<String> sentences) {
    if (block.isEmpty()) {
      return;
    }
    if (whole) {
      sentences.add(block);
      return;
    }
    BreakIterator breaks = BreakIterator.getSentenceInstance(Locale.ROOT);
    breaks.setText(block);
    int start = breaks.first();
    for (int end = breaks.next(); end != BreakIterator.DONE; end = breaks.next()) {
      String sentence = block.substring(start, end);
      if (end == block.length() || !goesOn(sentence, block.codePointAt(end))) {
        addClauses(sentence, sentences);
        start = end;
      }
    }
  }

  /** Whether a dot at the end is part of the last word and no full stop. */
  private static boolean goesOn(String sentence, int next) {
    String stripped = sentence.strip();
    int space = stripped.length();
    while (space > 0 && !isSpaceOrBracket(stripped.charAt(space - 1))) {
      space--;
    }
    String last = stripped.substring(space);
    if (ENDS_TIME.matcher(last).matches()) {
      return !Character.isUpperCase(next);
    }
    return ABBREVIATIONS.contains(last.toLowerCase(Locale.ROOT))
        || INITIALS.matcher(last).matches()
        || (last.length() == stripped.length() && ITEM_NUMBER.matcher(last).matches());
  }

  private static boolean isSpaceOrBracket(char c) {
    return Character.isWhitespace(c) || c == '(' || c == '[' || c == '（';
  }

  /** A Chinese semicolon parts what English would part with a full stop. */
  private static void addClauses(String sentence, List<String> sentences) {
    int start = 0;
    for (int mark = sentence.indexOf('；'); mark >= 0; mark = sentence.indexOf('；', start)) {
      int end = mark + 1;
      while (end < sentence.length() && Character.isWhitespace(sentence.charAt(end))) {
        end++;
      }
      sentences.add(sentence.substring(start, end));
      start = end;
    }
    if (start < sentence.length()) {
      sentences.add(sentence.substring(start));
    }
  }
}
