package dev.ragstream.ingest;

import dev.ragstream.core.FailureException;
import java.util.HashMap;
import java.util.Map;

/** Reads a file of any known format: the one place that picks its reader. */
public final class Readers {

  private final Map<Format, DocumentReader> readers;

  public Readers() {
    TextDecoder decoder = new TextDecoder();
    readers =
        Map.of(
            Format.MARKDOWN, new MarkdownReader(decoder),
            Format.TEXT, new TextReader(decoder));
  }

  /**
   * Reads a file; metadata {@code type} of the document says as what.
   *
   * @throws FailureException of kind {@code DOCUMENT} where it should have been readable and is not
   */
  public Reading read(SourceFile file) {
    Format format = Format.byExtension(file.extension()).orElse(Format.TEXT);
    DocumentReader reader = readers.get(format);
    if (reader == null) {
      return new Skipped(file.source(), "binary file");
    }
    Document document = read(file, format, reader);
    return document.sections().isEmpty()
        ? new Skipped(file.source(), "no text in it")
        : new Reading.Read(typed(document, format));
  }

  private static Document read(SourceFile file, Format format, DocumentReader reader) {
    try {
      return reader.read(file);
    } catch (FailureException e) {
      throw e;
    } catch (StackOverflowError e) {
      throw Unreadable.nestedTooDeeply(file.source());
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
