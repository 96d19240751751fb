package dev.ragstream.ingest;

import dev.ragstream.core.FailureException;
import dev.ragstream.ingest.Document.Section;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.io.IOUtils;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** PDF: a section for each page, which a chunk may run over. */
final class PdfReader implements DocumentReader {

  /** What programs write where nobody gave a title. */
  private static final Pattern NO_TITLE =
      Pattern.compile(
          "(?i)untitled.*|microsoft (?:word|powerpoint|excel) - .*|.*\\.(?:docx?|tex|dvi|indd|qxd)");

  private static final String OCR = "run OCR over it (ocrmypdf, for one) and index the result";

  @Override
  public Document read(SourceFile file) {
    try (PDDocument pdf =
        Loader.loadPDF(file.bytes(), "", null, null, IOUtils.createTempFileOnlyStreamCache())) {
      return read(file, pdf);
    } catch (InvalidPasswordException e) {
      throw Unreadable.because(
          "the PDF %s is encrypted and asks for a password".formatted(file.source()),
          "remove the password (qpdf --decrypt, for one) and index the result",
          e);
    } catch (IOException | RuntimeException e) {
      if (e instanceof FailureException known) {
        throw known;
      }
      throw Unreadable.because(
          "the PDF %s is damaged: %s".formatted(file.source(), Unreadable.reason(e)),
          "open it in a PDF viewer and save or print it to a new file, or exclude it",
          e);
    }
  }

  private static Document read(SourceFile file, PDDocument pdf) throws IOException {
    List<Section> sections = new ArrayList<>();
    List<Integer> pictures = new ArrayList<>();
    List<Integer> damaged = new ArrayList<>();
    for (int number = 1; number <= pdf.getNumberOfPages(); number++) {
      try {
        List<Document.Block> blocks = PdfText.blocks(PdfLines.of(pdf, number));
        if (!blocks.isEmpty()) {
          sections.add(
              new Section(List.of(), Map.of("page", String.valueOf(number)), blocks, true));
        } else if (hasPicture(pdf.getPage(number - 1))) {
          pictures.add(number);
        }
      } catch (IOException | RuntimeException e) {
        damaged.add(number);
      }
    }
    if (sections.isEmpty() && !pictures.isEmpty()) {
      throw Unreadable.because(
          "the PDF %s has no text layer: its pages are pictures".formatted(file.source()), OCR);
    }
    if (sections.isEmpty() && !damaged.isEmpty()) {
      throw new IOException("none of its pages can be read");
    }
    return new Document(
        title(pdf).orElse(file.name()),
        Map.of(),
        sections,
        warnings(file.source(), pictures, damaged));
  }

  private static boolean hasPicture(PDPage page) {
    PDResources resources = page.getResources();
    if (resources == null) {
      return false;
    }
    for (COSName _ : resources.getXObjectNames()) {
      return true;
    }
    return false;
  }

  private static Optional<String> title(PDDocument pdf) {
    return Optional.ofNullable(pdf.getDocumentInformation().getTitle())
        .map(String::strip)
        .filter(title -> !title.isEmpty() && !NO_TITLE.matcher(title).matches());
  }

  private static List<String> warnings(
      String source, List<Integer> pictures, List<Integer> damaged) {
    List<String> warnings = new ArrayList<>();
    if (!pictures.isEmpty()) {
      warnings.add(
          "%s: page %s has no text layer and was left out; %s"
              .formatted(source, Numbers.ranges(pictures), OCR));
    }
    if (!damaged.isEmpty()) {
      warnings.add(
          "%s: page %s is damaged and was left out; save the file anew from a PDF viewer"
              .formatted(source, Numbers.ranges(damaged)));
    }
    return warnings;
  }
}
