package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.util.Matrix;
import org.junit.jupiter.api.Test;

class PdfReaderTest {

  private final PDDocument pdf = new PDDocument();

  @Test
  void eachPageIsASectionAndWrappedLinesAreJoined() throws IOException {
    pdf.getDocumentInformation().setTitle("Weather");
    page(0, "It will rain this afternoon, so you should carry an um-", "brella with you.");
    page(0, "Boots", "Umbrellas and raincoats", "- 2 -");

    Document document = Reads.document("a.pdf", bytes());

    assertThat(Reads.written(document))
        .isEqualTo(
            """
            Weather {type=pdf}
            #  {page=1}
            [PROSE] It will rain this afternoon, so you should carry an umbrella with you.
            #  {page=2}
            [LINES] Boots
            Umbrellas and raincoats
            """);
    assertThat(document.sections()).allMatch(Document.Section::joinable);
  }

  @Test
  void textThatRunsUpThePageIsReadLikeAnyOther() throws IOException {
    page(90, "It will rain this afternoon, so you should carry", "an umbrella with you.");

    assertThat(Reads.text(Reads.document("a.pdf", bytes())))
        .isEqualTo("It will rain this afternoon, so you should carry an umbrella with you.");
  }

  @Test
  void aScanHasNoTextLayer() throws IOException {
    picture();

    var failure = Reads.failure("scan.pdf", bytes());

    assertThat(failure.problem())
        .isEqualTo("the PDF scan.pdf has no text layer: its pages are pictures");
    assertThat(failure.remedy()).contains("OCR");
  }

  @Test
  void thePagesOfAPartlyScannedFileAreNamed() throws IOException {
    page(0, "Text");
    picture();
    picture();
    page(0, "More");
    picture();

    assertThat(Reads.document("a.pdf", bytes()).warnings())
        .containsExactly(
            "a.pdf: page 2-3, 5 has no text layer and was left out;"
                + " run OCR over it (ocrmypdf, for one) and index the result");
  }

  @Test
  void anEncryptedFileIsReportedAsSuch() throws IOException {
    page(0, "Text");
    pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));

    var failure = Reads.failure("a.pdf", bytes());

    assertThat(failure.problem()).isEqualTo("the PDF a.pdf is encrypted and asks for a password");
    assertThat(failure.remedy()).contains("qpdf");
  }

  @Test
  void aFileThatNeedsNoPasswordToBeReadIsRead() throws IOException {
    page(0, "Text");
    pdf.protect(new StandardProtectionPolicy("owner", "", new AccessPermission()));

    assertThat(Reads.text(Reads.document("a.pdf", bytes()))).isEqualTo("Text");
  }

  @Test
  void aDamagedFileIsReportedAsSuch() throws IOException {
    page(0, "Text");
    byte[] half = Arrays.copyOf(bytes(), 40);

    assertThat(Reads.failure("a.pdf", half).problem()).startsWith("the PDF a.pdf is damaged");
  }

  @Test
  void aBlankPdfHasNoText() throws IOException {
    pdf.addPage(new PDPage());

    assertThat(Reads.skipped("a.pdf", bytes()).reason()).isEqualTo("no text in it");
  }

  @Test
  void aHeadingAndColumnsArePartedByWhereTheyStand() {
    var lines =
        List.of(
            new PdfLine("The town and its rain", 50, 300, 60, 18),
            new PdfLine("It rains in the north and", 50, 250, 100, 10),
            new PdfLine("in the south. In the west", 50, 250, 112, 10),
            new PdfLine("the weather is better", 320, 520, 60, 10),
            new PdfLine("for most of the year.", 320, 450, 72, 10),
            new PdfLine("Another paragraph ....... 12", 320, 520, 100, 10));

    assertThat(PdfText.blocks(lines))
        .extracting(Document.Block::text)
        .containsExactly(
            "The town and its rain",
            "It rains in the north and in the south. In the west the weather is better for most"
                + " of the year.",
            "Another paragraph … 12");
  }

  @Test
  void chineseLinesAreJoinedWithoutASpace() {
    var lines =
        List.of(new PdfLine("今天下午有雨，", 50, 250, 60, 10), new PdfLine("出门请带伞。", 50, 240, 72, 10));

    assertThat(PdfText.blocks(lines))
        .extracting(Document.Block::text)
        .containsExactly("今天下午有雨，出门请带伞。");
  }

  private void page(int angle, String... lines) throws IOException {
    PDPage page = new PDPage();
    pdf.addPage(page);
    try (var content = new PDPageContentStream(pdf, page)) {
      content.beginText();
      content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 12);
      content.setTextMatrix(Matrix.getRotateInstance(Math.toRadians(angle), 300, 300));
      content.setLeading(14);
      for (String line : lines) {
        content.showText(line);
        content.newLine();
      }
      content.endText();
    }
  }

  private void picture() throws IOException {
    PDPage page = new PDPage();
    pdf.addPage(page);
    var image =
        LosslessFactory.createFromImage(pdf, new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
    try (var content = new PDPageContentStream(pdf, page)) {
      content.drawImage(image, 0, 0);
    }
  }

  private byte[] bytes() throws IOException {
    var out = new ByteArrayOutputStream();
    pdf.save(out);
    pdf.close();
    return out.toByteArray();
  }
}
