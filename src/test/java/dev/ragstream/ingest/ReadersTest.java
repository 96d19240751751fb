package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadersTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "README|Some text.|text",
        "page|<!DOCTYPE html><p>x</p>|html",
        "drawing|<svg><text>x</text></svg>|xml",
        "feed|<?xml version='1.0'?><a>x</a>|xml",
        "notes.unknown|Some text.|text",
        "a.JSONL|{\"text\":\"x\"}|jsonl",
      })
  void theFormatIsToldByNameOrElseByALookInside(String source, String content, String type) {
    assertThat(Reads.document(source, content).metadata()).containsEntry("type", type);
  }

  @ParameterizedTest
  @ValueSource(strings = {"photo.png", "photo.md", "photo", "data.csv"})
  void aBinaryFileIsSkippedWhateverItIsCalled(String source) {
    byte[] png = "\u0089PNG\r\n\u001A\n\0\0\0\rIHDR\0\0\0\1".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(Reads.skipped(source, png)).isEqualTo(new Skipped(source, "binary file"));
  }

  @Test
  void anArchiveIsABinaryFile() {
    byte[] zip = "PK\3\4 some text in a zip".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(Reads.skipped("a.txt", zip).reason()).isEqualTo("binary file");
  }

  @Test
  void aFileWhoseTreeWouldNotFitIsACleanError() {
    var readers = new Readers(FieldMapping.BY_NAME, new Limits(1 << 20, 1 << 20));
    byte[] large = "text\n\n".repeat(20_000).getBytes(StandardCharsets.UTF_8);

    assertThat(Reads.failure(readers, new SourceFile("a.md", large)).problem())
        .startsWith("a.md is too large to be read as a whole");
  }

  @Test
  void theLimitsFollowFromTheMemoryThatJavaHas() {
    Limits limits = Limits.inThisProcess(Long.MAX_VALUE);

    assertThat(limits.fileBytes()).isLessThan(Runtime.getRuntime().maxMemory() / 4);
    assertThat(Limits.inThisProcess(1000).fileBytes()).isEqualTo(1000);
  }
}
