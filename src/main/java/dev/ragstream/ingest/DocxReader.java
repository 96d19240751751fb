package dev.ragstream.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.poi.openxml4j.exceptions.OpenXML4JRuntimeException;
import org.apache.poi.poifs.filesystem.FileMagic;
import org.apache.poi.poifs.filesystem.POIFSFileSystem;
import org.apache.poi.xwpf.usermodel.XWPFDocument;

/** Word documents: headings, paragraphs, lists, tables, text boxes and footnotes. */
final class DocxReader implements DocumentReader {

  private final Limits limits;

  DocxReader(Limits limits) {
    this.limits = limits;
  }

  @Override
  public Document read(SourceFile file) {
    if (FileMagic.valueOf(file.bytes()) == FileMagic.OLE2) {
      throw oldOrEncrypted(file);
    }
    ZipBudget.check(file, limits);
    try (XWPFDocument word = new XWPFDocument(new ByteArrayInputStream(file.bytes()))) {
      Outline outline = new Outline();
      Optional<String> styled = new DocxBody(word, outline).read();
      String title =
          styled
              .or(() -> Optional.ofNullable(word.getProperties().getCoreProperties().getTitle()))
              .map(String::strip)
              .filter(text -> !text.isEmpty())
              .or(outline::firstHeading)
              .orElse(file.name());
      return new Document(title, Map.of(), outline.sections(title));
    } catch (IOException | OpenXML4JRuntimeException e) {
      throw damaged(file, e);
    }
  }

  private static RuntimeException oldOrEncrypted(SourceFile file) {
    try (POIFSFileSystem ole = new POIFSFileSystem(new ByteArrayInputStream(file.bytes()))) {
      return ole.getRoot().hasEntryCaseInsensitive("EncryptedPackage")
          ? Unreadable.because(
              "the Word document %s is encrypted and asks for a password".formatted(file.source()),
              "save it in Word without a password and index the result")
          : Unreadable.because(
              "%s has the old binary format of Word".formatted(file.source()),
              "save it in Word as .docx and index the result");
    } catch (IOException | RuntimeException e) {
      return damaged(file, e);
    }
  }

  private static RuntimeException damaged(SourceFile file, Exception e) {
    return Unreadable.because(
        "the Word document %s is damaged: %s".formatted(file.source(), Unreadable.reason(e)),
        "open it in Word, let it repair the file, and save it again",
        e);
  }
}
