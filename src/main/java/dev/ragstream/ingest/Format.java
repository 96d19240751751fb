package dev.ragstream.ingest;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The formats that can be read, and the extensions they go by; {@code CODE} has a list of its own.
 */
enum Format {
  MARKDOWN("md markdown mdx"),
  TEXT("txt text rst adoc asciidoc log org textile");

  private static final Map<String, Format> BY_EXTENSION =
      Arrays.stream(values())
          .flatMap(
              format -> Arrays.stream(format.extensions.split(" ")).map(e -> Map.entry(e, format)))
          .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private final String extensions;

  Format(String extensions) {
    this.extensions = extensions;
  }

  /** As metadata {@code type} has it. */
  String type() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Format> byExtension(String extension) {
    return Optional.ofNullable(BY_EXTENSION.get(extension));
  }
}
