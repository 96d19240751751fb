package dev.ragstream.ingest;

import dev.ragstream.ingest.Document.Block;
import dev.ragstream.ingest.Document.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Gathers headings and blocks in reading order into sections that know the headings above them. */
final class Outline {

  private static final Pattern LEADING_BLANK_LINES = Pattern.compile("\\A(?:[ \\t]*\\n)+");

  private final List<Section> sections = new ArrayList<>();
  private final TreeMap<Integer, String> headings = new TreeMap<>();
  private final List<Block> blocks = new ArrayList<>();
  private Optional<String> firstHeading = Optional.empty();
  private boolean headingStandsAlone;

  /**
   * Begins a section.
   *
   * @param level 1 for the outermost
   */
  void heading(int level, String text) {
    String heading = text.strip();
    if (heading.isEmpty()) {
      return;
    }
    if (!headings.isEmpty() && level <= headings.lastKey()) {
      keepLoneHeading();
    }
    endSection();
    headings.tailMap(level, true).clear();
    headings.put(level, heading);
    headingStandsAlone = true;
    if (firstHeading.isEmpty()) {
      firstHeading = Optional.of(heading);
    }
  }

  /** Adds to the section that is open; blank text is passed over. */
  void add(Block.Kind kind, String text) {
    if (!text.isBlank()) {
      blocks.add(
          new Block(kind, LEADING_BLANK_LINES.matcher(text).replaceFirst("").stripTrailing()));
      headingStandsAlone = false;
    }
  }

  /** The heading that came first, whatever its level. */
  Optional<String> firstHeading() {
    return firstHeading;
  }

  /** All sections; the document's title is not repeated among their headings. */
  List<Section> sections(String title) {
    keepLoneHeading();
    endSection();
    return sections.stream()
        .map(section -> without(title, section))
        .filter(section -> !saysOnly(title, section))
        .toList();
  }

  /** A heading with nothing below it is text like any other. */
  private void keepLoneHeading() {
    if (headingStandsAlone) {
      blocks.add(new Block(Block.Kind.PROSE, headings.pollLastEntry().getValue()));
      headingStandsAlone = false;
    }
  }

  private void endSection() {
    if (!blocks.isEmpty()) {
      sections.add(new Section(List.copyOf(headings.values()), Map.of(), blocks, false));
      blocks.clear();
    }
  }

  private static boolean saysOnly(String title, Section section) {
    List<Block> blocks = section.blocks();
    return section.headings().isEmpty()
        && blocks.size() == 1
        && blocks.getFirst().text().equals(title);
  }

  private static Section without(String title, Section section) {
    List<String> headings = section.headings();
    if (headings.isEmpty() || !headings.getFirst().equals(title)) {
      return section;
    }
    return new Section(
        headings.subList(1, headings.size()),
        section.metadata(),
        section.blocks(),
        section.joinable());
  }
}
