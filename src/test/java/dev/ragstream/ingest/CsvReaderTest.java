package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CsvReaderTest {

  @Test
  void questionsAndAnswersAreRecognised() {
    Document document =
        Reads.document(
            "faq.csv",
            """
            id,Question,Answer,topic
            q1,"Is it open on Sunday?","No, it is closed.",hours
            """);

    assertThat(Reads.written(document))
        .isEqualTo(
            """
            faq.csv {type=csv}
            # Is it open on Sunday? {id=q1, row=1, topic=hours}
            [PROSE] Is it open on Sunday?

            No, it is closed.
            """);
  }

  @ParameterizedTest
  @CsvSource({"问题,答案", "prompt,completion", "instruction,output", "QUERY,Response"})
  void soAreTheirOtherNames(String question, String answer) {
    Document document = Reads.document("a.csv", question + "," + answer + "\n几点？,九点。\n");

    assertThat(document.sections().getFirst().headings()).containsExactly("几点？");
    assertThat(Reads.text(document)).isEqualTo("几点？\n\n九点。");
  }

  @Test
  void aTextColumnIsTheTextAndLongOnesAreNotLost() {
    String remark = "a remark that is far too long to be something that anybody would filter by";
    Document document =
        Reads.document("a.csv", "title,text,remark,lang\nRain,It rains.," + remark + ",en\n");

    assertThat(Reads.written(document))
        .isEqualTo(
            """
            a.csv {type=csv}
            # Rain {lang=en, row=1}
            [PROSE] It rains.

            remark: %s
            """
                .formatted(remark));
  }

  @Test
  void otherTablesAreALineForEachColumn() {
    Document document = Reads.document("a.csv", "place;rain;;rain\nnorth;12;x;y;extra\n\nsouth\n");

    assertThat(Reads.text(document))
        .isEqualTo(
            """
            place: north
            rain: 12
            column 3: x
            rain 4: y
            column 5: extra
            place: south\
            """);
  }

  @Test
  void aTsvHasTabs() {
    Document document = Reads.document("a.tsv", "a\tb, c\n1\t2\n");

    assertThat(document.sections().getFirst().metadata())
        .containsEntry("a", "1")
        .containsEntry("b, c", "2");
  }

  @Test
  void settingsThatNameNoFieldOfTheFileAreToldOf() {
    var mapping = new FieldMapping(List.of("nosuch"), null, null);
    var file = new SourceFile("a.csv", "text,topic\nRain,sky\n".getBytes(StandardCharsets.UTF_8));
    var read = (Reading.Read) new Readers(mapping, new Limits(1 << 20, 1 << 20)).read(file);

    assertThat(Reads.text(read.document())).isEqualTo("Rain");
    assertThat(read.document().warnings())
        .containsExactly(
            "a.csv has none of the fields that ingest.fields.text names (nosuch), so its text was"
                + " recognised by itself; it has text, topic");
  }

  @Test
  void theSettingsNameTheFields() {
    var mapping = new FieldMapping(List.of("summary", "details"), "name", "key");
    var file =
        new SourceFile(
            "a.csv",
            "key,name,details,summary,text\n7,Rain,long,short,other\n"
                .getBytes(StandardCharsets.UTF_8));
    var read = (Reading.Read) new Readers(mapping, new Limits(1 << 20, 1 << 20)).read(file);

    assertThat(Reads.written(read.document()))
        .isEqualTo(
            """
            a.csv {type=csv}
            # Rain {id=7, key=7, row=1, text=other}
            [PROSE] short

            long
            """);
  }

  @Test
  void aQuoteThatIsNeverClosedIsACleanError() {
    String csv = "a,b\n1,\"" + "x".repeat(15 << 20) + "x".repeat((1 << 20) + 10);

    assertThat(Reads.failure("a.csv", csv).problem()).contains("no valid CSV", "line 2");
  }

  @Test
  void moreRowsThanMemoryHoldsAreACleanError() {
    var readers = new Readers(FieldMapping.BY_NAME, new Limits(1 << 20, 100_000));
    byte[] rows = "a\n".concat("1\n".repeat(10_000)).getBytes(StandardCharsets.UTF_8);

    assertThat(Reads.failure(readers, new SourceFile("a.csv", rows)).problem())
        .startsWith("a.csv has too many rows to hold in memory");
  }

  @Test
  void aColumnOfItsOwnNameIsKeptAsItIs() {
    Map<String, String> metadata =
        Reads.document("a.csv", "row,type\nthird,bug\n").sections().getFirst().metadata();

    assertThat(metadata).containsEntry("row", "third").containsEntry("type", "bug");
  }
}
