package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JsonReaderTest {

  @Test
  void eachLineOfJsonLinesIsASection() {
    Document document =
        Reads.document(
            "corpus.jsonl",
            """
            {"_id":"d1","title":"Rain","text":"It rains.","metadata":{"year":2026,"tags":["a","b"]}}

            {"question":"Why?","answer":"Because.","n":null}
            """);

    assertThat(Reads.written(document))
        .isEqualTo(
            """
            corpus.jsonl {type=jsonl}
            # Rain {_id=d1, id=d1, metadata.tags=a, b, metadata.year=2026, row=1}
            [PROSE] It rains.
            # Why? {row=2}
            [PROSE] Why?

            Because.
            """);
  }

  @Test
  void aLineThatIsNoJsonIsNamedAndTheOthersAreRead() {
    Document document =
        Reads.document("a.jsonl", "{\"text\":\"one\"}\n{broken\n{\"text\":\"two\"}");

    assertThat(Reads.text(document)).isEqualTo("one\ntwo");
    assertThat(document.warnings())
        .containsExactly(
            "a.jsonl: line 2 of it is no valid JSON and was left out; mend it and index again");
  }

  @Test
  void aListIsASectionForEachElement() {
    Document document =
        Reads.document("a.json", "[{\"a\":{\"b\":[{\"c\":1},{\"c\":true}]}}, \"bare\"]");

    assertThat(Reads.text(document)).isEqualTo("a.b[0].c: 1\na.b[1].c: true\nbare");
  }

  @Test
  void anObjectIsOneSection() {
    assertThat(Reads.written(Reads.document("a.json", "{\"name\":\"x\",\"port\":5759}")))
        .isEqualTo(
            """
            a.json {type=json}
            #  {name=x, port=5759, row=1}
            [LINES] name: x
            port: 5759
            """);
  }

  @Test
  void jsonThatIsBrokenIsReportedWithItsPlace() {
    assertThat(Reads.failure("a.json", "{\n  \"a\": oops}").problem())
        .startsWith("a.json is no valid JSON: line 2, column");
  }

  @Test
  void deepNestingIsACleanError() {
    assertThat(Reads.failure("a.json", "[".repeat(200_000)).problem())
        .isEqualTo("a.json is nested too deeply to be read");
    assertThat(Reads.failure("b.json", "{\"a\":".repeat(200_000)).problem())
        .isEqualTo("b.json is nested too deeply to be read");
  }

  @Test
  void oneHugeValueIsRead() {
    String value = "x".repeat(5 << 20);

    assertThat(Reads.text(Reads.document("a.jsonl", "{\"text\":\"" + value + "\"}")))
        .isEqualTo(value);
  }
}
