package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Chunk;
import dev.ragstream.ingest.Document.Block;
import dev.ragstream.ingest.Document.Block.Kind;
import dev.ragstream.ingest.Document.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChunkerTest {

  @Test
  void aShortSectionIsOneChunkUnderTheTitleAndItsHeadings() {
    Document document =
        document(section(List.of("Weather", "Today"), prose("It rains."), prose("Stay home.")));

    List<Chunk> chunks = chunker(50, 0).chunks("town/a.md", document);

    assertThat(chunks)
        .containsExactly(
            new Chunk(
                "town/a.md#1",
                "town/a.md",
                "Town › Weather › Today",
                "It rains.\n\nStay home.",
                Map.of("lang", "en")));
  }

  @Test
  void aHeadingThatRepeatsTheTitleIsSaidOnce() {
    assertThat(titles(document(section(List.of("Town", "Ferry"), prose("It sails.")))))
        .containsExactly("Town › Ferry");
    assertThat(titles(new Document("", Map.of(), List.of(section(List.of(), prose("It sails."))))))
        .containsExactly("");
  }

  @Test
  void sectionsAreNotMixedHoweverShort() {
    assertThat(
            cut(
                50,
                0,
                document(
                    section(List.of("A"), prose("One.")),
                    section(List.of("B"), prose("Two.")),
                    section(List.of("B"), prose("Three.")))))
        .containsExactly("One.", "Two.", "Three.");
  }

  @Test
  void pagesRunOnIntoEachOtherAndAChunkIsOfThePageThatItBeginsOn() {
    List<Chunk> chunks =
        chunker(7, 0)
            .chunks(
                "a.pdf",
                document(
                    page(1, "One two three."),
                    page(2, "Four five."),
                    page(3, "Six seven. Eight nine.")));

    assertThat(chunks)
        .extracting(Chunk::text)
        .containsExactly("One two three.\n\nFour five.", "Six seven. Eight nine.");
    assertThat(chunks).extracting(chunk -> chunk.metadata().get("page")).containsExactly("1", "3");
  }

  @Test
  void aPageDoesNotRunOnIntoOneUnderAnotherHeading() {
    Section one = new Section(List.of("A"), Map.of(), List.of(prose("One.")), true);
    Section two = new Section(List.of("B"), Map.of(), List.of(prose("Two.")), true);

    assertThat(cut(50, 0, document(one, two))).containsExactly("One.", "Two.");
  }

  @Test
  void theMetadataOfASectionWinOverTheDocuments() {
    Section row =
        new Section(List.of(), Map.of("row", "3", "lang", "zh"), List.of(prose("伞")), false);

    assertThat(chunker(9, 0).chunks("a.csv", document(row)).getFirst().metadata())
        .containsExactly(Map.entry("lang", "zh"), Map.entry("row", "3"));
  }

  @Test
  void idsCountTheChunksOfADocumentAndAreTheSameEveryTime() {
    Document document =
        document(section(List.of(), prose("One.")), section(List.of(), prose("Two.")));

    List<Chunk> chunks = chunker(9, 0).chunks("a b/雨.md", document);

    assertThat(chunks).extracting(Chunk::id).containsExactly("a b/雨.md#1", "a b/雨.md#2");
    assertThat(chunker(9, 0).chunks("a b/雨.md", document)).isEqualTo(chunks);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          10 | A b c. D e f.¶G h i.             | A b c. D e f. ; G h i.
          8  | A b c. D e f.¶G h i.             | A b c. D e f. ; G h i.
          4  | A b c. D e f. G h.               | A b c. ; D e f. ; G h.
          3  | A b c d e. F g.                  | A b c ; d e. ; F g.
          2  | Onlyoneword                      | Onlyoneword
          6  | 今天有雨。请带伞。                | 今天有雨。 ; 请带伞。
          9  | 今天有雨；请带伞！好吗？          | 今天有雨；请带伞！ ; 好吗？
          3  | 今天下午有雨                      | 今天下 ; 午有雨
          """)
  void paragraphsComeBeforeSentencesAndSentencesBeforeWords(
      int size, String paragraphs, String expected) {
    Block[] blocks =
        List.of(paragraphs.split("¶")).stream().map(ChunkerTest::prose).toArray(Block[]::new);

    assertThat(cut(size, 0, document(section(List.of(), blocks))))
        .containsExactly(expected.split(" ; "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          8 | 3 | A b. C d. E f. G h.   | A b. C d. ; C d. E f. ; E f. G h.
          8 | 2 | A b. C d. E f. G h.   | A b. C d. ; E f. G h.
          6 | 6 | A b. C d. E f.        | A b. C d. ; C d. E f.
          6 | 3 | A b. C d. E f g h i.  | A b. C d. ; E f g h i.
          4 | 3 | A b. C d e f g h i j. | A b. ; C d e f ; g h i ; j.
          """)
  void theOverlapIsOfWholeSentencesAndGivesWayToWhatIsNew(
      int size, int overlap, String text, String expected) {
    assertThat(cut(size, overlap, document(section(List.of(), prose(text)))))
        .containsExactly(expected.split(" ; "));
  }

  @Test
  void codeIsCutBetweenLinesAndKeepsItsIndents() {
    String code = "def rain():\n    take(umbrella)\n\n\n    return wet\n";

    assertThat(cut(9, 5, document(section(List.of(), new Block(Kind.LINES, code)))))
        .containsExactly("def rain():\n    take(umbrella)", "    return wet");
  }

  @Test
  void eachPieceOfATableBeginsWithItsHeadAndStaysWithinTheSize() {
    StringBuilder table = new StringBuilder("| Stop | Time |\n| --- | --- |\n");
    for (int row = 1; row <= 9; row++) {
      table.append("| Stop").append(row).append(" | ").append(row).append(" |\n");
    }
    List<String> pieces =
        cut(35, 10, document(section(List.of(), new Block(Kind.TABLE, table.toString()))));

    assertThat(pieces).hasSizeGreaterThan(2);
    assertThat(pieces)
        .allSatisfy(piece -> {
          assertThat(piece).startsWith("| Stop | Time |\n| --- | --- |\n| Stop");
          assertThat(Words.count(piece)).isLessThanOrEqualTo(35);
        });
    assertThat(rows(pieces)).containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9");
  }

  @Test
  void aRowThatIsTooLongIsCutUnderTheHeadToo() {
    String table = "| a | b |\n| - | - |\n| one two three four five six | seven eight nine |";
    List<String> pieces = cut(20, 0, document(section(List.of(), new Block(Kind.TABLE, table))));

    assertThat(pieces).hasSizeGreaterThan(1);
    assertThat(pieces)
        .allSatisfy(piece -> {
          assertThat(piece).startsWith("| a | b |\n| - | - |\n");
          assertThat(Words.count(piece)).isLessThanOrEqualTo(20);
        });
  }

  @Test
  void aTableWithoutRowsOrWithAHugeHeadIsNotLost() {
    Block headOnly = new Block(Kind.TABLE, "| a | b |\n| - | - |\n");
    Block hugeHead = new Block(Kind.TABLE, "| a b c d e f g h |\n| - |\n| 1 |\n");

    assertThat(cut(30, 0, document(section(List.of(), headOnly))))
        .containsExactly("| a | b |\n| - | - |");
    assertThat(String.join("", cut(6, 0, document(section(List.of(), hugeHead)))))
        .contains("a", "h", "1");
  }

  @Test
  void aTitleThatFillsTheModelIsClippedForTheTextToBeSeen() {
    String endless = "heading ".repeat(500).strip();
    Document document =
        new Document(
            "Town", Map.of(), List.of(section(List.of(endless), prose("word ".repeat(300)))));

    List<Chunk> chunks = new Chunker(Words::tokens, 60, 0, 100).chunks("a.md", document);

    assertThat(chunks)
        .allSatisfy(chunk -> {
          assertThat(Words.count(chunk.searchableText())).isLessThanOrEqualTo(100);
          assertThat(chunk.title()).startsWith("Town › heading").endsWith("heading…");
        });
    assertThat(chunks.stream().mapToInt(chunk -> Words.count(chunk.text())).sum()).isEqualTo(300);
  }

  @Test
  void aLongLineWithoutAnySpaceTakesTimeInProportion() {
    String line = "雨".repeat(400_000);

    List<String> pieces = cut(256, 32, document(section(List.of(), new Block(Kind.LINES, line))));

    assertThat(String.join("", pieces)).isEqualTo(line);
  }

  @Test
  void otherSizesAreAnotherFingerprint() {
    assertThat(List.of(chunker(9, 1), chunker(9, 2), chunker(8, 1)))
        .extracting(Chunker::fingerprint)
        .doesNotHaveDuplicates();
    assertThat(chunker(9, 1).fingerprint()).isEqualTo(chunker(9, 1).fingerprint());
  }

  private static Chunker chunker(int size, int overlap) {
    return new Chunker(Words::tokens, size, overlap, 512);
  }

  private static List<String> cut(int size, int overlap, Document document) {
    return chunker(size, overlap).chunks("a", document).stream().map(Chunk::text).toList();
  }

  private static List<String> titles(Document document) {
    return chunker(50, 0).chunks("a", document).stream().map(Chunk::title).toList();
  }

  private static List<String> rows(List<String> pieces) {
    List<String> rows = new ArrayList<>();
    for (String piece : pieces) {
      piece
          .lines()
          .skip(2)
          .map(line -> line.replaceAll("\\| Stop\\d \\| (\\d) \\|", "$1"))
          .forEach(rows::add);
    }
    return rows;
  }

  private static Document document(Section... sections) {
    return new Document("Town", Map.of("lang", "en"), List.of(sections));
  }

  private static Section section(List<String> headings, Block... blocks) {
    return new Section(headings, Map.of(), List.of(blocks), false);
  }

  private static Section page(int number, String text) {
    return new Section(
        List.of(), Map.of("page", Integer.toString(number)), List.of(prose(text)), true);
  }

  private static Block prose(String text) {
    return new Block(Kind.PROSE, text);
  }
}
