package dev.ragstream.ingest;

import java.util.List;
import java.util.Map;

/**
 * A file as its reader understood it: sections of text under their headings, in reading order.
 *
 * @param title what it calls itself: front matter, first heading, {@code <title>}; the file's name
 *     where it has none
 * @param metadata of the whole document
 * @param warnings what could not be read although the rest could, each a sentence with its remedy
 */
public record Document(
    String title, Map<String, String> metadata, List<Section> sections, List<String> warnings) {

  public Document {
    metadata = Map.copyOf(metadata);
    sections = List.copyOf(sections);
    warnings = List.copyOf(warnings);
  }

  public Document(String title, Map<String, String> metadata, List<Section> sections) {
    this(title, metadata, sections, List.of());
  }

  /**
   * A stretch of text under one heading (or of one page, or one row of a table), which is never put
   * into one chunk with another section unless {@code joinable}.
   *
   * @param headings the headings above it, outermost first, without the document's title
   * @param metadata what holds for this section beyond the document's own: {@code page}, {@code
   *     row} …
   * @param joinable whether a chunk may run on from this section into the next: true for pages,
   *     false for rows
   */
  public record Section(
      List<String> headings, Map<String, String> metadata, List<Block> blocks, boolean joinable) {

    public Section {
      headings = List.copyOf(headings);
      metadata = Map.copyOf(metadata);
      blocks = List.copyOf(blocks);
    }
  }

  /**
   * A paragraph, a list, a table, a piece of code: what a chunk holds whole where it fits.
   *
   * @param text as it should stand in a chunk; never blank, line ends are {@code \n}
   */
  public record Block(Kind kind, String text) {

    /** How a block may be cut where it must be. */
    public enum Kind {
      /** At sentences. */
      PROSE,
      /** At line ends: lists, code, poems. */
      LINES,
      /** At line ends, with the first two lines (the head of the table) repeated in each piece. */
      TABLE
    }
  }
}
