package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Reads files for tests, as an indexer does, and writes documents down for comparison. */
final class Reads {

  private static final Limits LIMITS = new Limits(16 << 20, 64 << 20);
  private static final Readers READERS = new Readers(FieldMapping.BY_NAME, LIMITS);

  private Reads() {}

  static Document document(String source, String content) {
    return document(source, content.getBytes(StandardCharsets.UTF_8));
  }

  static Document document(String source, byte[] content) {
    Reading reading = READERS.read(new SourceFile(source, content));
    assertThat(reading).isInstanceOf(Reading.Read.class);
    return ((Reading.Read) reading).document();
  }

  static Skipped skipped(String source, byte[] content) {
    Reading reading = READERS.read(new SourceFile(source, content));
    assertThat(reading).isInstanceOf(Skipped.class);
    return (Skipped) reading;
  }

  static Failure failure(String source, String content) {
    return failure(source, content.getBytes(StandardCharsets.UTF_8));
  }

  static Failure failure(String source, byte[] content) {
    return failure(READERS, new SourceFile(source, content));
  }

  static Failure failure(Readers readers, SourceFile file) {
    FailureException thrown =
        catchThrowableOfType(FailureException.class, () -> readers.read(file));
    assertThat(thrown).isNotNull();
    assertThat(thrown.failure().kind()).isEqualTo(Failure.Kind.DOCUMENT);
    assertThat(thrown.failure().problem()).contains(file.source());
    assertThat(thrown.failure().remedy()).isNotBlank();
    return thrown.failure();
  }

  /** Title and metadata on the first line; then each section's heading and each block's kind. */
  static String written(Document document) {
    return "%s %s%n%s"
        .formatted(
            document.title(),
            new TreeMap<>(document.metadata()),
            document.sections().stream().map(Reads::written).collect(Collectors.joining()))
        .replace(System.lineSeparator(), "\n");
  }

  private static String written(Document.Section section) {
    String metadata = section.metadata().isEmpty() ? "" : " " + new TreeMap<>(section.metadata());
    return "# %s%s\n".formatted(String.join(" › ", section.headings()), metadata)
        + section.blocks().stream()
            .map(block -> "[%s] %s\n".formatted(block.kind(), block.text()))
            .collect(Collectors.joining());
  }

  static String text(Document document) {
    return document.sections().stream()
        .flatMap(section -> section.blocks().stream())
        .map(Document.Block::text)
        .collect(Collectors.joining("\n"));
  }
}
