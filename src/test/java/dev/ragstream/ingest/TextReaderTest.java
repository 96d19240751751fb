package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TextReaderTest {

  @Test
  void blankLinesPartParagraphsAndShortLinesStayLines() {
    Document document =
        Reads.document(
            "notes.txt",
            """

            A paragraph that was wrapped at some seventy characters, as mail
            programs do.
            \t
            One
            Two
            """);

    assertThat(Reads.written(document))
        .isEqualTo(
            """
            notes.txt {type=text}
            #\s
            [PROSE] A paragraph that was wrapped at some seventy characters, as mail
            programs do.
            [LINES] One
            Two
            """);
  }

  @Test
  void oneHugeLineIsOneBlock() {
    assertThat(Reads.document("line.txt", "word ".repeat(1_000_000)).sections()).hasSize(1);
  }

  @Test
  void aFileOfBlanksHasNoText() {
    assertThat(Reads.skipped("a.txt", new byte[] {32, 10, 9, 10}).reason())
        .isEqualTo("no text in it");
  }
}
