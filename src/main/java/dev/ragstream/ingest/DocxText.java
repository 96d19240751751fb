package dev.ragstream.ingest;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFRun;
import org.apache.poi.xwpf.usermodel.XWPFTable;
import org.apache.poi.xwpf.usermodel.XWPFTableCell;
import org.apache.xmlbeans.XmlCursor;
import org.apache.xmlbeans.XmlObject;

/** The text of a paragraph, of the text boxes that hang on it, and of a table's cells. */
final class DocxText {

  private static final String W =
      "declare namespace w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' ";

  private static final Pattern NOTE_REFERENCE = Pattern.compile("\\[(?:foot|end)noteRef:\\d+]");

  /**
   * POI puts notes behind their paragraph as {@code [1: text]}, which would look like a citation.
   */
  private static final Pattern NOTE =
      Pattern.compile("\\[\\d+:\\s*(.*?)]\\s*(?=\\[\\d+:|\\z)", Pattern.DOTALL);

  private DocxText() {}

  static String of(XWPFParagraph paragraph) {
    String text = NOTE_REFERENCE.matcher(withoutBoxes(paragraph)).replaceAll("");
    String notes = paragraph.getFootnoteText();
    if (notes == null || notes.isEmpty() || !text.endsWith(notes)) {
      return text.strip();
    }
    String told = NOTE.matcher(notes).replaceAll(DocxText::note);
    return (text.substring(0, text.length() - notes.length()).strip() + " " + told.strip()).strip();
  }

  private static String note(MatchResult match) {
    String text = match.group(1).strip();
    return text.isEmpty() ? "" : Matcher.quoteReplacement("(note: " + text + ") ");
  }

  /** POI takes the words in a picture for its pronunciation. */
  private static String withoutBoxes(XWPFParagraph paragraph) {
    String text = paragraph.getText();
    for (XWPFRun run : paragraph.getRuns()) {
      if (!run.getPictureText().isEmpty()) {
        text = text.replace(" (\n" + run.getPictureText() + "\n)", "");
      }
    }
    return text;
  }

  /** Each box once; newer Words write it twice, in a new and in an old form. */
  static List<String> boxes(XWPFParagraph paragraph) {
    return Arrays.stream(paragraph.getCTP().selectPath(W + ".//w:txbxContent"))
        .map(DocxText::boxText)
        .filter(text -> !text.isEmpty())
        .distinct()
        .toList();
  }

  private static String boxText(XmlObject box) {
    return Arrays.stream(box.selectPath(W + ".//w:p"))
        .map(DocxText::runs)
        .filter(line -> !line.isBlank())
        .collect(Collectors.joining("\n"));
  }

  private static String runs(XmlObject paragraph) {
    return Arrays.stream(paragraph.selectPath(W + ".//w:t"))
        .map(DocxText::value)
        .collect(Collectors.joining());
  }

  private static String value(XmlObject text) {
    try (XmlCursor cursor = text.newCursor()) {
      return cursor.getTextValue();
    }
  }

  static List<List<String>> rows(XWPFTable table) {
    return table.getRows().stream()
        .map(row -> row.getTableCells().stream().map(DocxText::cell).toList())
        .filter(cells -> cells.stream().anyMatch(cell -> !cell.isBlank()))
        .toList();
  }

  private static String cell(XWPFTableCell cell) {
    List<String> parts = new ArrayList<>();
    cell.getParagraphs().forEach(paragraph -> parts.add(of(paragraph)));
    for (XWPFTable inner : cell.getTables()) {
      rows(inner).forEach(row -> parts.add(joined(row, ", ")));
    }
    return joined(parts, "; ");
  }

  private static String joined(List<String> parts, String separator) {
    return parts.stream().filter(part -> !part.isBlank()).collect(Collectors.joining(separator));
  }
}
