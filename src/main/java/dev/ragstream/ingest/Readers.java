package dev.ragstream.ingest;

import dev.ragstream.core.FailureException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Reads a file of any known format: the one place that picks its reader. */
public final class Readers {

  private final Map<Format, DocumentReader> readers;
  private final FieldMapping mapping;

  public Readers(FieldMapping mapping, Limits limits) {
    this.mapping = mapping;
    TextDecoder decoder = new TextDecoder();
    readers =
        Map.of(
            Format.MARKDOWN, new MarkdownReader(decoder, limits),
            Format.TEXT, new TextReader(decoder),
            Format.HTML, new HtmlReader(decoder, limits),
            Format.PDF, new PdfReader(),
            Format.DOCX, new DocxReader(limits),
            Format.CSV, new CsvReader(decoder, mapping, limits),
            Format.JSONL, new JsonLinesReader(decoder, mapping, limits),
            Format.JSON, new JsonReader(decoder, mapping, limits),
            Format.XML, new XmlReader(decoder, limits),
            Format.CODE, new CodeReader(decoder));
  }

  /**
   * Reads a file; metadata {@code type} of the document says as what.
   *
   * @throws FailureException of kind {@code DOCUMENT} where it should have been readable and is not
   */
  public Reading read(SourceFile file) {
    Optional<Format> format = FormatSniffer.format(file);
    if (format.isEmpty()) {
      return new Skipped(file.source(), "binary file");
    }
    Document document = read(file, format.get());
    return document.sections().isEmpty()
        ? new Skipped(file.source(), "no text in it")
        : new Reading.Read(typed(document, format.get()));
  }

  /** What else than a file's bytes decides what is read from it. */
  String fingerprint() {
    return "read-1:" + mapping;
  }

  private Document read(SourceFile file, Format format) {
    try {
      return Objects.requireNonNull(readers.get(format)).read(file);
    } catch (FailureException e) {
      throw e;
    } catch (StackOverflowError e) {
      throw Unreadable.nestedTooDeeply(file.source());
    } catch (OutOfMemoryError e) { // what was read so far is garbage by now, so others can go on
      throw Unreadable.because(
          file.source() + " takes more memory than Java has",
          "split it into smaller files, or give Java more memory with -Xmx",
          e);
    } catch (RuntimeException e) {
      throw Unreadable.because(
          "%s cannot be read as %s: %s"
              .formatted(file.source(), format.type(), Unreadable.reason(e)),
          "open it in the program it was made with and save it again, or exclude it",
          e);
    }
  }

  private static Document typed(Document document, Format format) {
    Map<String, String> metadata = new HashMap<>(document.metadata());
    metadata.put("type", format.type());
    return new Document(document.title(), metadata, document.sections(), document.warnings());
  }
}
