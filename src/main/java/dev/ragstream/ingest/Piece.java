package dev.ragstream.ingest;

import dev.ragstream.core.Sentences;
import dev.ragstream.core.TokenSpans;
import dev.ragstream.ingest.Document.Block;
import dev.ragstream.ingest.Document.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a chunk is put together from: a sentence, a line, or a part of one that is too long.
 *
 * @param separator what stands before it when it is not the first in its chunk
 * @param head what must stand before it where the piece before does not have the same: the head of
 *     a table
 * @param tokens of its text; a head counts with each piece, so that a chunk never grows too long by
 *     it
 * @param repeatable whether the next chunk may repeat it as overlap
 */
record Piece(
    String separator, String head, int headTokens, String text, int tokens, boolean repeatable) {

  private static final String PARAGRAPH = "\n\n";

  /** The pieces of a block, each of at most {@code limit} tokens. */
  static List<Piece> of(Block block, Function<String, TokenSpans> tokenizer, int limit) {
    String head = block.kind() == Kind.TABLE ? tableHead(block.text()) : "";
    TokenSpans tokens = tokenizer.apply(block.text());
    int headTokens = tokens.countBetween(0, head.length());
    if (headTokens > limit / 2) {
      head = "";
      headTokens = 0;
    }
    boolean prose = block.kind() == Kind.PROSE;
    List<Piece> pieces = new ArrayList<>();
    int at = head.length();
    for (String unit : units(block, head)) {
      for (String part : parts(unit, at, tokens, limit - headTokens)) {
        pieces.add(
            new Piece(
                pieces.isEmpty() ? PARAGRAPH : "",
                head,
                headTokens,
                part,
                count(tokens, at, at + part.length()),
                prose && part.length() == unit.length()));
        at += part.length();
      }
    }
    return pieces;
  }

  /** What it costs to put this piece after another; the head of a table is said once in a chunk. */
  int costAfter(@Nullable Piece previous) {
    boolean headIsThere = previous != null && previous.head.equals(head);
    return headIsThere ? tokens : tokens + headTokens;
  }

  /** Whether it holds more than spaces of any width. */
  boolean isVisible() {
    return text.codePoints().anyMatch(c -> !Character.isWhitespace(c) && !Character.isSpaceChar(c));
  }

  private static List<String> units(Block block, String head) {
    String text = block.text().substring(head.length());
    return switch (block.kind()) {
      case PROSE -> Sentences.of(text);
      case LINES, TABLE -> lines(text);
    };
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end + 1;
      lines.add(text.substring(start, end));
      start = end;
    }
    return lines;
  }

  private static String tableHead(String table) {
    int first = table.indexOf('\n');
    int second = first < 0 ? -1 : table.indexOf('\n', first + 1);
    boolean hasRows = second >= 0 && !table.substring(second).isBlank();
    return hasRows ? table.substring(0, second + 1) : "";
  }

  private static List<String> parts(String unit, int offset, TokenSpans tokens, int limit) {
    boolean fits = count(tokens, offset, offset + unit.length()) <= limit;
    return fits ? List.of(unit) : cut(unit, offset, tokens, limit);
  }

  private static List<String> cut(String unit, int offset, TokenSpans tokens, int limit) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    while (start < unit.length()) {
      int next = firstIn(tokens, offset + start) + limit;
      int end =
          next < tokens.count()
              ? Math.min(tokens.starts()[next] - offset, unit.length())
              : unit.length();
      if (end < unit.length()) {
        end = Cut.within(unit, start, end);
      }
      parts.add(unit.substring(start, end));
      start = end;
    }
    return parts;
  }

  /** Tokens that are there in part count too: cut off, a part is a token of its own. */
  private static int count(TokenSpans tokens, int from, int to) {
    return tokens.indexAtOrAfter(to) - firstIn(tokens, from);
  }

  private static int firstIn(TokenSpans tokens, int from) {
    int next = tokens.indexAtOrAfter(from);
    return next > 0 && tokens.ends()[next - 1] > from ? next - 1 : next;
  }
}
