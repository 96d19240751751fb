package dev.ragstream.ingest;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.poi.xwpf.usermodel.XWPFDocument;
import org.apache.poi.xwpf.usermodel.XWPFParagraph;
import org.apache.poi.xwpf.usermodel.XWPFStyle;

/**
 * What the styles of a document make of a paragraph. Built-in styles have English names everywhere.
 */
final class DocxStyles {

  private static final Pattern HEADING = Pattern.compile("heading ([1-9])");

  private final XWPFDocument word;

  DocxStyles(XWPFDocument word) {
    this.word = word;
  }

  Optional<Integer> headingLevel(XWPFParagraph paragraph) {
    return styleName(paragraph)
        .map(HEADING::matcher)
        .filter(Matcher::matches)
        .map(matcher -> Integer.parseInt(matcher.group(1)))
        .or(() -> outlineLevel(paragraph));
  }

  boolean isTitle(XWPFParagraph paragraph) {
    return styleName(paragraph).filter("title"::equals).isPresent();
  }

  private Optional<XWPFStyle> style(XWPFParagraph paragraph) {
    return Optional.ofNullable(word.getStyles())
        .map(styles -> styles.getStyle(paragraph.getStyleID()));
  }

  private Optional<String> styleName(XWPFParagraph paragraph) {
    return style(paragraph).map(XWPFStyle::getName).map(name -> name.toLowerCase(Locale.ROOT));
  }

  private Optional<Integer> outlineLevel(XWPFParagraph paragraph) {
    return Optional.ofNullable(paragraph.getCTP().getPPr())
        .filter(properties -> properties.isSetOutlineLvl())
        .map(properties -> properties.getOutlineLvl().getVal().intValue() + 1)
        .filter(level -> level <= 9);
  }
}
