package dev.ragstream.ingest;

import dev.ragstream.ingest.Document.Block.Kind;
import java.util.Map;
import java.util.regex.Pattern;

/** Plain text: paragraphs between blank lines. */
final class TextReader implements DocumentReader {

  private static final Pattern BLANK_LINES = Pattern.compile("\\n(?:[ \\t]*\\n)+");

  /** Prose that was wrapped has longer lines than this; a poem, a list or an address has not. */
  private static final int WRAPPED = 60;

  private final TextDecoder decoder;

  TextReader(TextDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public Document read(SourceFile file) {
    Outline outline = new Outline();
    boolean log = file.extension().equals("log");
    BLANK_LINES
        .splitAsStream(decoder.decode(file))
        .forEach(paragraph -> outline.add(log ? Kind.LINES : kind(paragraph), paragraph));
    return new Document(file.name(), Map.of(), outline.sections(file.name()));
  }

  private static Kind kind(String paragraph) {
    boolean wrapped = paragraph.lines().limit(50).anyMatch(line -> line.length() > WRAPPED);
    return wrapped || paragraph.indexOf('\n') < 0 ? Kind.PROSE : Kind.LINES;
  }
}
