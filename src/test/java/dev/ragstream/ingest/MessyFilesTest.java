package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Real files of other projects: each is read or reported, and a dozen are known by heart. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessyFilesTest {

  private final Map<String, String> outcomes = new TreeMap<>();

  @BeforeAll
  void readAll() {
    String data = System.getProperty("ragstream.data");
    assumeTrue(data != null, "the system property ragstream.data names the folder of test data");
    Path folder = Path.of(data, "messy");
    assumeTrue(Files.isDirectory(folder), "there is no folder " + folder);
    Limits limits = Limits.inThisProcess(Limits.DEFAULT_FILE_BYTES);
    FileLoader loader = new FileLoader(limits);
    Readers readers = new Readers(FieldMapping.BY_NAME, limits);
    for (Finding finding :
        new FileWalker(folder, List.of(), List.of(), limits).walk(List.of(folder))) {
      outcomes.put(
          finding.source(),
          switch (finding) {
            case Skipped skipped -> "skipped: " + skipped.reason();
            case Found found -> outcome(readers, loader, found);
          });
    }
  }

  private static String outcome(Readers readers, FileLoader loader, Found found) {
    try {
      return switch (readers.read(loader.load(found))) {
        case Skipped skipped -> "skipped: " + skipped.reason();
        case Reading.Read(Document document) -> Reads.written(document);
      };
    } catch (FailureException e) {
      assertThat(e.failure().kind()).isEqualTo(Failure.Kind.DOCUMENT);
      return "failed: " + e.failure().problem();
    }
  }

  @Test
  void everyFileIsReadOrReported() {
    assertThat(outcomes).hasSizeGreaterThan(120);
    assertThat(outcomes.values()).allSatisfy(outcome -> assertThat(outcome).isNotBlank());
  }

  @Test
  void onlyTheScanAndTheProtectedFileFail() {
    assertThat(outcomes.entrySet())
        .filteredOn(outcome -> outcome.getValue().startsWith("failed"))
        .extracting(Map.Entry::getValue)
        .containsExactly(
            "failed: the Word document docx/tika/testWORD_protected_passtika.docx is encrypted and"
                + " asks for a password",
            "failed: the PDF pdf/tika/testOCR.pdf has no text layer: its pages are pictures");
  }

  @Test
  void pagesThatAreFrontMatterAloneHaveNoText() {
    assertThat(outcomes.get("markdown_project_docs/concepts/index.md"))
        .isEqualTo("skipped: no text in it");
  }

  @Test
  void markdownOfAProjectKeepsItsHeadings() {
    assertThat(outcomes.get("markdown_project_docs/introduction/comparison.md"))
        .startsWith("Comparison to alternatives {sort_rank=4, type=markdown}")
        .contains("# Prometheus vs. Graphite › Data model\n");
    assertThat(outcomes.get("markdown_zh/essentials/application.md"))
        .startsWith("创建一个 Vue 应用 {type=markdown}")
        .contains("# 挂载应用 › DOM 中的根组件模板\n")
        .doesNotContain("{#");
  }

  @Test
  void pdfsAreReadAsParagraphs() {
    assertThat(outcomes.get("pdf/tika/testPDF_rotated.pdf"))
        .contains(
            "structured text content from various documents using existing parser libraries.");
    assertThat(outcomes.get("pdf/tika/testPDF_bad_page_303226.pdf"))
        .contains("[PROSE] SPECIAL EXEMPT PERSONS\n")
        .contains("The listing of peyote as a controlled substance in Schedule I does not apply");
    assertThat(outcomes.get("pdf/tika/testOptionalHyphen.pdf")).contains("optionalhyphen");
  }

  @Test
  void wordDocumentsKeepListsTablesBoxesAndNotes() {
    assertThat(outcomes.get("docx/tika/testWORD_numbered_list.docx"))
        .contains("[LINES] 6. six\n7. seven\n");
    assertThat(outcomes.get("docx/tika/testWORD_various.docx"))
        .contains("Footnote appears here (note: This is a footnote.)")
        .contains("| Row 2 Col 1 | Row 2 Col 2 | Row 2 Col 3 |");
    assertThat(outcomes.get("docx/tika/testWORD_text_box.docx"))
        .contains("This text is inside of a text box in the body of the document.");
    assertThat(outcomes.get("docx/tika/testWORD_phonetic.docx")).contains("東京 (とうきょう)");
    assertThat(outcomes.get("docx/tika/testComment.docx")).endsWith("Here is some text.\n");
  }

  @Test
  void everyEncodingIsReadRight() {
    assertThat(outcomes.get("text_encodings_tika/english.cp500.txt"))
        .contains("IBM IntelliStation POWER 185 Express");
    assertThat(outcomes.get("text_encodings_tika/russian.cp866.txt"))
        .contains("Однажды, в студеную зимнюю пору,");
    assertThat(outcomes.get("text_encodings_tika/multi-language.txt"))
        .contains("español ABC muestra de gratitud");
    assertThat(outcomes.get("text_encodings_tika/testArabicMisleadingCharset.html"))
        .contains("في قرية من القرى كان هناك رجل حكيم");
    assertThat(outcomes.get("text_encodings_tika/testHTMLNoisyMetaEncoding_1.html"))
        .contains("الاتحاد الجزائري");
    assertThat(outcomes.get("text_encodings_tika/testHTML_charset_utf16le.html"))
        .contains("This is a sample text");
    assertThat(outcomes.get("text_encodings_tika/testIgnoreCharset.txt")).contains("ACTIVE AGE");
  }

  @Test
  void naughtyStringsAreAllThere() {
    assertThat(outcomes.get("naughty/blns.json")).contains("田中さんにあげて下さい", "{row=513}");
    assertThat(outcomes.get("naughty/blns.txt")).contains("\u001B").contains("Ω≈ç√∫˜µ≤≥÷");
  }
}
