package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MarkdownReaderTest {

  @Test
  void headingsMakeSectionsAndBlocksKeepTheirSource() {
    Document document =
        Reads.document(
            "weather.md",
            """
            ---
            title: Weather
            tags: [rain, wind]
            author: {name: Ada}
            ---
            # Weather

            The *bulletin* of [today](today.md).

            ## Afternoon {#afternoon}

            - rain
              - heavy at times
            - wind

            ### Numbers `mm` <sup>new</sup>

            | place | rain |
            | ----- | ---- |
            | north | 12   |

            ```sh
            umbrella --open
            ```

            ## Tomorrow
            """);

    assertThat(Reads.written(document))
        .isEqualTo(
            """
            Weather {author.name=Ada, tags=rain, wind, type=markdown}
            #\s
            [PROSE] The *bulletin* of [today](today.md).
            # Afternoon
            [LINES] - rain
              - heavy at times
            - wind
            # Afternoon › Numbers mm new
            [TABLE] | place | rain |
            | ----- | ---- |
            | north | 12   |
            [LINES] ```sh
            umbrella --open
            ```
            #\s
            [PROSE] Tomorrow
            """);
  }

  @Test
  void theFirstHeadingIsTheTitleWhereNoFrontMatterSaysOne() {
    assertThat(Reads.document("a.md", "Setext *title*\n===\n\ntext").title())
        .isEqualTo("Setext title");
  }

  @Test
  void aFileWithoutAHeadingIsCalledByItsName() {
    assertThat(Reads.document("notes/a.md", "text").title()).isEqualTo("a.md");
  }

  @Test
  void frontMatterThatIsNoYamlIsPassedOverWithAWarning() {
    Document document = Reads.document("a.md", "---\ntitle: [unclosed\n---\n# Title\n\ntext");

    assertThat(document.title()).isEqualTo("Title");
    assertThat(document.warnings()).singleElement().asString().contains("a.md", "not valid YAML");
  }

  @Test
  void htmlBlocksBecomeText() {
    Document document =
        Reads.document(
            "a.md",
            """
            <!-- a comment -->

            <div class="tip">

            **inside**

            </div>

            <p>A <b>bold</b> word<script>alert(1)</script></p>
            """);

    assertThat(Reads.text(document)).isEqualTo("**inside**\nA bold word");
  }

  @Test
  void picturesInsideTheTextAreCut() {
    Document document = Reads.document("a.md", "![x](data:image/png;base64,iVBORw0KGgo=) text");

    assertThat(Reads.text(document)).isEqualTo("![x](data:) text");
  }

  @Test
  void importsOfMdxAreNoText() {
    assertThat(Reads.text(Reads.document("a.mdx", "import X from 'x'\n\ntext"))).isEqualTo("text");
  }

  @Test
  void twoRulesAreNoFrontMatter() {
    assertThat(Reads.text(Reads.document("a.md", "---\n\ntext\n\n---\n\nmore")))
        .isEqualTo("text\nmore");
  }

  @ParameterizedTest
  @ValueSource(strings = {">", "- ", "1. "})
  void deepNestingIsACleanError(String mark) {
    assertThat(Reads.failure("deep.md", mark.repeat(50_000) + "x").problem())
        .isEqualTo("deep.md is nested too deeply to be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "*", "![[", "<a ", "`"})
  void oddInlineMarksCostNothing(String mark) {
    assertThat(Reads.document("odd.md", mark.repeat(50_000) + "x").sections()).hasSize(1);
  }
}
