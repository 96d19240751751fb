package dev.ragstream.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retrieval.Mode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetrievalFormatsTest {

  @Test
  void textShowsEachPassageWithItsEvidence() {
    assertThat(RetrievalFormats.text(Style.PLAIN, false).write(Answers.RETRIEVAL))
        .isEqualTo(
            """
             1  weather/today.md#0  0.03252
                Today › North
                Rain from noon. Take an umbrella.
                lexical #2 (7.1250) · vector #1 (0.8300)

             2  weather/今天.md#3  0.01639
                中午有雨。
                lexical #1 (12.5000) · vector –

             3  old.csv#17  0.01613
                Old bulletin
                =1+1 | <b>dry</b>
                lexical – · vector #2 (-0.06250)
            """);
  }

  @Test
  void explainedTheSharesAddUpBelowEachOther() {
    assertThat(
            RetrievalFormats.text(Style.PLAIN, true)
                .write(Answers.retrieval(Mode.HYBRID, Answers.TODAY, Answers.CHINESE)))
        .isEqualTo(
            """
             1  weather/today.md#0  0.03252
                Today › North
                Rain from noon. Take an umbrella.
                lexical  rank 2    BM25     7.1250  1/(60+2)  = 0.01613
                vector   rank 1    cosine   0.8300  1/(60+1)  = 0.01639
                fused    sum                                    0.03252

             2  weather/今天.md#3  0.01639
                中午有雨。
                lexical  rank 1    BM25    12.5000  1/(60+1)  = 0.01639
                vector   not among the candidates
                fused    sum                                    0.01639
            """);
  }

  @Test
  void explainedARankingThatWasNotAskedIsLeftOut() {
    assertThat(
            RetrievalFormats.text(Style.PLAIN, true)
                .write(Answers.retrieval(Mode.LEXICAL, Answers.CHINESE)))
        .endsWith("    中午有雨。\n    lexical  rank 1    BM25    12.5000\n");
    assertThat(
            RetrievalFormats.text(Style.PLAIN, true)
                .write(Answers.retrieval(Mode.VECTOR, Answers.TODAY)))
        .endsWith("    vector   rank 1    cosine   0.8300\n");
  }

  @Test
  void theOrderOfARerankerIsShownBesideTheOneBefore() {
    Retrieval reranked = Answers.retrieval(Mode.HYBRID, Answers.RERANKED);
    assertThat(RetrievalFormats.text(Style.PLAIN, false).write(reranked))
        .endsWith("    lexical – · vector #2 (-0.06250) · rerank #3 → #1 (0.9375)\n");
    assertThat(RetrievalFormats.text(Style.PLAIN, true).write(reranked))
        .endsWith(
            """
                vector   rank 2    cosine  -0.0625  1/(60+2)  = 0.01613
                fused    sum                                    0.01613
                rerank   rank 3 → 1, score 0.9375
            """);
    assertThat(RetrievalFormats.csv().write(reranked)).endsWith(",3,0.9375\n");
  }

  @Test
  void jsonIsTheEventIndented() {
    assertThat(RetrievalFormats.json().write(Answers.RETRIEVAL))
        .isEqualTo(JsonText.pretty(EventJson.retrieved(Answers.RETRIEVAL)));
  }

  @Test
  void csvHasARowForEachPassageAndNoFormula() {
    assertThat(RetrievalFormats.csv().write(Answers.RETRIEVAL))
        .isEqualTo(
            """
            n,id,source,title,score,lexical_rank,lexical_score,vector_rank,vector_score,text,rerank_before,rerank_score
            1,weather/today.md#0,weather/today.md,Today › North,0.03252247488101534,2,7.125,1,0.83,"Rain from noon.
            Take an umbrella.",,
            2,weather/今天.md#3,weather/今天.md,,0.01639344262295082,1,12.5,,,中午有雨。,,
            3,old.csv#17,old.csv,Old bulletin,0.016129032258064516,,,2,-0.0625,'=1+1 | <b>dry</b>,,
            """);
  }

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"})
  void aCellThatASpreadsheetWouldRunIsQuoted(String text) {
    assertThat(RetrievalFormats.csv().write(Answers.retrieval(Mode.HYBRID, passage(text, text))))
        .contains(",'" + text.replace("\r", "") + ",")
        .endsWith(",'" + text.replace("\r", "") + ",,\n");
  }

  @Test
  void markdownIsATableWhoseCellsAreText() {
    Passage odd = passage("a|b", "![x](http://x.example/x.png) `code` *b* \\| <img>\n\nnext");
    assertThat(
            RetrievalFormats.markdown().write(Answers.retrieval(Mode.HYBRID, Answers.TODAY, odd)))
        .isEqualTo(
            """
            | # | passage | score | lexical | vector | text |
            | --- | --- | --- | --- | --- | --- |
            | 1 | weather/today.md#0 | 0.03252 | #2 (7.1250) | #1 (0.8300) | Rain from noon. Take an umbrella. |
            | 9 | odd.md#0 | 0.5000 | – | – | !\\[x\\](http://x.example/x.png) \\`code\\` \\*b\\* \\\\\\| \\<img> next |
            """);
  }

  @Test
  void aLongTextIsCutBetweenCharacters() {
    String text = "x".repeat(279) + "\uD83C\uDF27".repeat(20);
    assertThat(
            RetrievalFormats.text(Style.PLAIN, false)
                .write(Answers.retrieval(Mode.HYBRID, passage("", text))))
        .contains("    " + "x".repeat(279) + "…\n");
  }

  @Test
  void whereNothingIsFoundEachFormatSaysSoInItsWay() {
    Retrieval none = Answers.retrieval(Mode.HYBRID);
    assertThat(RetrievalFormats.text(Style.PLAIN, true).write(none)).isEqualTo("nothing found\n");
    assertThat(RetrievalFormats.json().write(none)).contains("\"passages\" : [ ]");
    assertThat(RetrievalFormats.csv().write(none)).startsWith("n,id,").hasLineCount(1);
    assertThat(RetrievalFormats.markdown().write(none)).hasLineCount(2);
  }

  @Test
  void noFormatLetsAnEscapeSequenceThrough() {
    String evil = "\u001b[31m\u009b2J\u0007\u202e";
    Chunk chunk = new Chunk(evil, evil, evil, evil, Map.of(evil, evil));
    Retrieval found = Answers.retrieval(Mode.HYBRID, new Passage(1, chunk, 1, null, null));
    assertThat(RetrievalFormats.text(Style.PLAIN, true).write(found))
        .doesNotMatch(TerminalTextTest.HARMFUL);
    assertThat(RetrievalFormats.json().write(found)).doesNotMatch(TerminalTextTest.HARMFUL);
    assertThat(RetrievalFormats.csv().write(found)).doesNotMatch(TerminalTextTest.HARMFUL);
    assertThat(RetrievalFormats.markdown().write(found)).doesNotMatch(TerminalTextTest.HARMFUL);
  }

  private static Passage passage(String title, String text) {
    return new Passage(9, new Chunk("odd.md#0", "odd.md", title, text, Map.of()), 0.5, null, null);
  }
}
