package dev.ragstream.ingest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The formats that can be read, and the extensions they go by; code has {@link Languages}. */
enum Format {
  MARKDOWN("md markdown mdx"),
  TEXT("txt text rst adoc asciidoc log org textile"),
  HTML("html htm xhtml"),
  PDF("pdf"),
  DOCX("docx docm doc"),
  CSV("csv tsv"),
  JSONL("jsonl ndjson"),
  JSON("json geojson ipynb"),
  XML("xml svg rss atom xsd xsl xslt wsdl plist"),
  CODE("");

  private static final Map<String, Format> BY_EXTENSION =
      Arrays.stream(values())
          .flatMap(
              format -> Arrays.stream(format.extensions.split(" ")).map(e -> Map.entry(e, format)))
          .filter(entry -> !entry.getKey().isEmpty())
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final String extensions;

  Format(String extensions) {
    this.extensions = extensions;
  }

  /** As metadata {@code type} has it. */
  String type() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Format> named(SourceFile file) {
    return Languages.of(file)
        .map(_ -> CODE)
        .or(() -> Optional.ofNullable(BY_EXTENSION.get(file.extension())));
  }
}
