package dev.ragstream.ingest;

import dev.ragstream.ingest.Document.Block;
import dev.ragstream.ingest.Document.Block.Kind;
import dev.ragstream.ingest.Document.Section;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Source code and configuration: a section for each top-level definition. */
final class CodeReader implements DocumentReader {

  /** A blank line, then one that is not indented and closes nothing. */
  private static final Pattern BETWEEN_DEFINITIONS =
      Pattern.compile("\\n(?:[ \\t]*\\n)+(?=[^\\s})\\]])");

  private final TextDecoder decoder;

  CodeReader(TextDecoder decoder) {
    this.decoder = decoder;
  }

  @Override
  public Document read(SourceFile file) {
    List<Section> sections =
        BETWEEN_DEFINITIONS
            .splitAsStream(decoder.decode(file))
            .filter(code -> !code.isBlank())
            .map(CodeReader::section)
            .toList();
    Map<String, String> metadata = Map.of("lang", Languages.of(file).orElse("text"));
    return new Document(file.name(), metadata, sections);
  }

  private static Section section(String code) {
    Block block = new Block(Kind.LINES, code.stripTrailing());
    return new Section(List.of(), Map.of(), List.of(block), true);
  }
}
