package dev.ragstream.ingest;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.TokenSpans;
import dev.ragstream.ingest.Document.Block;
import dev.ragstream.ingest.Document.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Cuts documents into chunks: at headings first, then between paragraphs, then between sentences
 * (or lines, where lines are what a text is made of), and inside a sentence only where one alone is
 * too long.
 */
public final class Chunker {

  /** A chunk that is at least half full rather ends here than cuts the next paragraph. */
  private static final double FULL_ENOUGH = 0.5;

  /** What the model adds around a text, and a margin for the title's own separator. */
  private static final int FRAME_TOKENS = 8;

  private static final Pattern BLANK_LINES = Pattern.compile("^(?:[ \\t]*+\\R)++");

  private final Function<String, TokenSpans> tokens;
  private final int size;
  private final int overlap;
  private final int maxTokens;

  /**
   * @param tokens of the embedding model, in which the sizes are measured
   * @param size how many tokens a chunk's text may have
   * @param overlap how many tokens of whole sentences a chunk repeats from the end of the one
   *     before
   * @param maxTokens how many tokens the embedding model reads; titles and texts together stay
   *     below, for which a title that takes more than half of them is clipped
   */
  public Chunker(Function<String, TokenSpans> tokens, int size, int overlap, int maxTokens) {
    this.tokens = tokens;
    this.size = size;
    this.overlap = overlap;
    this.maxTokens = maxTokens;
  }

  /** What else than a document's bytes decides its chunks. */
  public String fingerprint() {
    return "chunks-1:" + size + ":" + overlap;
  }

  /** The chunks of a document, in reading order. */
  public List<Chunk> chunks(String source, Document document) {
    List<Chunk> chunks = new ArrayList<>();
    Builder builder = null;
    for (Section section : document.sections()) {
      if (builder == null || !builder.continues(section)) {
        if (builder != null) {
          builder.finish();
        }
        builder = new Builder(source, document, section, chunks);
      }
      builder.add(section);
    }
    if (builder != null) {
      builder.finish();
    }
    return chunks;
  }

  /** Fills chunks from sections that may run on into each other. */
  private final class Builder {

    private final String source;
    private final Document document;
    private final String title;
    private final Section first;
    private final int limit;
    private final List<Chunk> chunks;
    private final List<Piece> current = new ArrayList<>();
    private Map<String, String> currentMetadata;
    private int currentTokens;
    private int repeated;

    Builder(String source, Document document, Section first, List<Chunk> chunks) {
      this.source = source;
      this.document = document;
      this.first = first;
      this.chunks = chunks;
      this.title = clipped(title(source, document, first));
      this.currentMetadata = first.metadata();
      int room = maxTokens - FRAME_TOKENS - tokens.apply(title).count();
      this.limit = Math.max(1, Math.min(size, room));
    }

    boolean continues(Section section) {
      return first.joinable() && section.joinable() && first.headings().equals(section.headings());
    }

    void add(Section section) {
      for (Block block : section.blocks()) {
        List<Piece> pieces = Piece.of(block, tokens, limit);
        int whole = pieces.stream().mapToInt(Piece::tokens).sum();
        if (currentTokens + whole > limit && currentTokens >= FULL_ENOUGH * limit) {
          flush();
        }
        for (Piece piece : pieces) {
          if (currentTokens + piece.costAfter(last()) > limit) {
            flush();
          }
          while (repeated > 0 && currentTokens + piece.costAfter(last()) > limit) {
            currentTokens -= current.removeFirst().tokens();
            repeated--;
          }
          if (!holdsNewText() && !piece.isVisible()) {
            continue;
          }
          if (!holdsNewText()) {
            currentMetadata = section.metadata();
          }
          currentTokens += piece.costAfter(last());
          current.add(piece);
        }
      }
    }

    private @Nullable Piece last() {
      return current.isEmpty() ? null : current.getLast();
    }

    void finish() {
      if (holdsNewText()) {
        emit();
      }
    }

    /** Whether it holds more than what is repeated; a chunk never begins with blanks. */
    private boolean holdsNewText() {
      return current.size() > repeated;
    }

    /** Ends the chunk and begins the next with the last sentences of this one. */
    private void flush() {
      if (!holdsNewText()) {
        return;
      }
      emit();
      List<Piece> tail = new ArrayList<>();
      int tailTokens = 0;
      for (Piece piece : current.reversed()) {
        if (!piece.repeatable() || tailTokens + piece.tokens() > overlap) {
          break;
        }
        tail.addFirst(piece);
        tailTokens += piece.tokens();
      }
      current.clear();
      current.addAll(tail);
      currentTokens = tailTokens;
      repeated = tail.size();
    }

    private void emit() {
      StringBuilder text = new StringBuilder();
      String head = "";
      for (Piece piece : current) {
        if (!text.isEmpty()) {
          text.append(piece.separator());
        }
        if (!piece.head().isEmpty() && !piece.head().equals(head)) {
          text.append(piece.head());
        }
        head = piece.head();
        text.append(piece.text());
      }
      Map<String, String> metadata = new TreeMap<>(document.metadata());
      metadata.putAll(currentMetadata);
      chunks.add(
          new Chunk(
              source + "#" + (chunks.size() + 1),
              source,
              title,
              BLANK_LINES.matcher(text).replaceFirst("").stripTrailing(),
              metadata));
    }
  }

  private String clipped(String title) {
    TokenSpans spans = tokens.apply(title);
    int most = Math.max(0, maxTokens / 2 - FRAME_TOKENS);
    return spans.count() <= most
        ? title
        : title.substring(0, Cut.within(title, 0, spans.starts()[most])).strip() + "…";
  }

  /** A file's name says little above a heading, and nothing at all above the rows of a table. */
  private static String title(String source, Document document, Section section) {
    SequencedSet<String> path = new LinkedHashSet<>();
    boolean named = !document.title().equals(source.substring(source.lastIndexOf('/') + 1));
    if (named || section.headings().isEmpty()) {
      path.add(document.title());
    }
    path.addAll(section.headings());
    path.remove("");
    return String.join(" › ", path);
  }
}
