package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CodeReaderTest {

  @Test
  void codeIsPartedAtTopLevelDefinitions() {
    Document document =
        Reads.document(
            "app.py",
            """
            import os

            def one():
                x = 1

                return x


            class Two:
                pass
            """);

    assertThat(Reads.written(document))
        .isEqualTo(
            """
            app.py {lang=python, type=code}
            #\s
            [LINES] import os
            #\s
            [LINES] def one():
                x = 1

                return x
            #\s
            [LINES] class Two:
                pass
            """);
    assertThat(document.sections()).allMatch(Document.Section::joinable);
  }

  @Test
  void aClosingBraceBelongsToWhatItCloses() {
    assertThat(Reads.document("a.c", "int f() {\n  g();\n\n}\n\nint h;\n").sections()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "Main.java,java",
    "Dockerfile,dockerfile",
    "conf/app.YAML,yaml",
    "Makefile,make",
    "a.tsx,typescript"
  })
  void theLanguageGoesByTheName(String source, String language) {
    assertThat(Reads.document(source, "x = 1\n").metadata())
        .containsEntry("lang", language)
        .containsEntry("type", "code");
  }
}
