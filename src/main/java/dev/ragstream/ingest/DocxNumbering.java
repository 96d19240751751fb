package dev.ragstream.ingest;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.poi.xwpf.usermodel.XWPFAbstractNum;
import org.apache.poi.xwpf.usermodel.XWPFNumbering;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;

/** Counts the items of numbered lists, whose numbers are not in the text of a Word document. */
final class DocxNumbering {

  private record Level(BigInteger list, int depth) {}

  private final Map<Level, Integer> counts = new HashMap<>();

  /** What stands before an item, with its indentation; nothing where this is no item. */
  Optional<String> mark(XWPFParagraph paragraph) {
    BigInteger list = paragraph.getNumID();
    String format = list == null ? null : paragraph.getNumFmt();
    if (list == null || format == null || format.equals("none")) {
      return Optional.empty();
    }
    int depth = paragraph.getNumIlvl() == null ? 0 : paragraph.getNumIlvl().intValue();
    String indent = "  ".repeat(depth);
    if (format.equals("bullet")) {
      return Optional.of(indent + "- ");
    }
    counts.keySet().removeIf(level -> level.list().equals(list) && level.depth() > depth);
    Level level = new Level(list, depth);
    int number =
        Optional.ofNullable(counts.get(level))
            .map(last -> last + 1)
            .orElseGet(() -> start(paragraph, list, depth));
    counts.put(level, number);
    return Optional.of(indent + number + ". ");
  }

  /** Where a list begins to count: its own start, or that of the list it was made after. */
  private static int start(XWPFParagraph paragraph, BigInteger list, int depth) {
    BigInteger override = paragraph.getNumStartOverride();
    if (override != null) {
      return override.intValue();
    }
    XWPFNumbering numbering = paragraph.getDocument().getNumbering();
    XWPFAbstractNum model = numbering.getAbstractNum(numbering.getAbstractNumID(list));
    return Arrays.stream(model.getCTAbstractNum().getLvlArray())
        .filter(level -> level.getIlvl().intValue() == depth && level.isSetStart())
        .map(level -> level.getStart().getVal().intValue())
        .findFirst()
        .orElse(1);
  }
}
