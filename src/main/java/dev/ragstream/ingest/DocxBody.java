package dev.ragstream.ingest;

import dev.ragstream.ingest.Document.Block.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.poi.xwpf.usermodel.IBodyElement;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFSDT;
import org.apache.poi.xwpf.usermodel.XWPFTable;

/** Walks the body of a Word document. */
final class DocxBody {

  private final XWPFDocument word;
  private final Outline outline;
  private final DocxStyles styles;
  private final DocxNumbering numbering = new DocxNumbering();
  private final List<String> list = new ArrayList<>();
  private Optional<String> title = Optional.empty();

  DocxBody(XWPFDocument word, Outline outline) {
    this.word = word;
    this.outline = outline;
    this.styles = new DocxStyles(word);
  }

  /** Fills the outline; returns the paragraph in the style "Title". */
  Optional<String> read() {
    for (IBodyElement element : word.getBodyElements()) {
      switch (element) {
        case XWPFParagraph paragraph -> paragraph(paragraph);
        case XWPFTable table -> table(table);
        case XWPFSDT content -> {
          endList();
          outline.add(Kind.PROSE, content.getContent().getText().strip());
        }
        default -> {}
      }
    }
    endList();
    return title;
  }

  private void paragraph(XWPFParagraph paragraph) {
    String text = DocxText.of(paragraph);
    if (!text.isEmpty()) {
      add(paragraph, text);
    }
    DocxText.boxes(paragraph)
        .forEach(box -> outline.add(box.contains("\n") ? Kind.LINES : Kind.PROSE, box));
  }

  private void add(XWPFParagraph paragraph, String text) {
    Optional<Integer> level = styles.headingLevel(paragraph);
    if (level.isPresent()) {
      endList();
      outline.heading(level.get(), text);
    } else if (styles.isTitle(paragraph) && title.isEmpty()) {
      title = Optional.of(text);
    } else {
      Optional<String> mark = numbering.mark(paragraph);
      if (mark.isPresent()) {
        list.add(mark.get() + text);
      } else {
        endList();
        outline.add(text.contains("\n") ? Kind.LINES : Kind.PROSE, text);
      }
    }
  }

  private void endList() {
    outline.add(Kind.LINES, String.join("\n", list));
    list.clear();
  }

  private void table(XWPFTable table) {
    endList();
    outline.add(Kind.TABLE, MarkdownTable.of(DocxText.rows(table)));
  }
}
