package dev.ragstream.ingest;

import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.apache.pdfbox.util.Matrix;

/** Takes the lines off one page, in the order in which it was written. */
final class PdfLines extends PDFTextStripper {

  private final List<PdfLine> lines = new ArrayList<>();
  private final SortedMap<Integer, Integer> angles = new TreeMap<>();
  private final StringBuilder text = new StringBuilder();
  private double left = Double.MAX_VALUE;
  private double right;
  private double baseline;
  private double size;

  private PdfLines(int page) {
    setStartPage(page);
    setEndPage(page);
  }

  /**
   * The lines of a page.
   *
   * @param number from 1
   */
  static List<PdfLine> of(PDDocument pdf, int number) throws IOException {
    pdf.getPage(number - 1).setRotation(0); // the stripper tells lines apart before it is applied
    PdfLines upright = new PdfLines(number);
    upright.getText(pdf);
    int angle = upright.mainAngle();
    return angle == 0 ? upright.lines : turned(pdf, number, angle);
  }

  /** Letters that run up the page come out one by one, unless the page is turned under them. */
  private static List<PdfLine> turned(PDDocument pdf, int number, int angle) throws IOException {
    PDPage page = pdf.getPage(number - 1);
    try (PDPageContentStream head =
        new PDPageContentStream(pdf, page, PDPageContentStream.AppendMode.PREPEND, false)) {
      AffineTransform turn = AffineTransform.getRotateInstance(-Math.toRadians(angle));
      head.transform(new Matrix(turn));
    }
    PdfLines lines = new PdfLines(number);
    lines.getText(pdf);
    return lines.lines;
  }

  private int mainAngle() {
    return angles.entrySet().stream()
        .max((a, b) -> Integer.compare(a.getValue(), b.getValue()))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  @Override
  protected void processTextPosition(TextPosition position) {
    Matrix matrix = position.getTextMatrix();
    double radians = Math.atan2(matrix.getShearY(), matrix.getScaleY());
    int degrees = (int) Math.round(Math.toDegrees(radians));
    angles.merge(Math.floorMod(degrees, 360), 1, Integer::sum);
    super.processTextPosition(position);
  }

  @Override
  protected void writeString(String word, List<TextPosition> letters) {
    for (TextPosition letter : letters) {
      left = Math.min(left, letter.getXDirAdj());
      right = Math.max(right, letter.getXDirAdj() + letter.getWidthDirAdj());
      baseline = letter.getYDirAdj();
      size = Math.max(size, letter.getFontSizeInPt());
    }
    text.append(word);
  }

  @Override
  protected void writeWordSeparator() {
    text.append(' ');
  }

  @Override
  protected void writeLineSeparator() {
    endLine();
  }

  @Override
  protected void endPage(PDPage page) {
    endLine();
  }

  private void endLine() {
    String line = text.toString().replace("\0", "").replace('\u00A0', ' ').strip();
    if (!line.isEmpty()) {
      lines.add(new PdfLine(line, left, right, baseline, size));
    }
    text.setLength(0);
    left = Double.MAX_VALUE;
    right = 0;
    size = 0;
  }
}
