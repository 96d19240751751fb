package dev.ragstream.embed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15q.BgeSmallZhV15QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.e5smallv2q.E5SmallV2QuantizedEmbeddingModel;
import dev.ragstream.core.TokenSpans;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The vectors must be those that users of the same weights get elsewhere. */
class LangChain4jAgreementTest {

  private static final List<String> TEXTS =
      List.of(
          "Should I carry an umbrella?",
          "Rain is expected in the harbour district from noon; winds up to 60 km/h.",
          "x",
          "The Naïve café's résumé: déjà vu, 100% façade – “quoted” …",
          "public static void main(String[] args) { System.out.println(42); }",
          "UPPER lower MiXeD 12345 3.14159 1e-9 https://example.org/a?b=c&d=e",
          "今天下午港口区有雨，请带伞。",
          "水电费可以在市政厅一楼缴纳，办公时间为上午九点到下午五点。",
          "Mixed 中文 and English 文本 in one 句子.",
          "The council voted on the tram line. ".repeat(20),
          "The quick brown fox jumps over the lazy dog while the rain falls. ".repeat(30),
          "市政府今天宣布新的公交线路将于下月开通。".repeat(20));

  @ParameterizedTest
  @EnumSource
  void vectorsAgreeWithLangChain4js(BundledModel bundled) {
    EmbeddingModel reference = reference(bundled).get();
    try (OnnxEmbedder embedder = TestModels.load(bundled)) {
      for (String whole : TEXTS) {
        String text = whatBothRead(embedder, whole);
        float[] expected = reference.embed(bundled.passagePrefix() + text).content().vector();
        float[] actual = embedder.embedPassages(List.of(text)).getFirst();

        assertThat(Vectors.cosine(actual, expected)).as(text).isGreaterThan(0.999);
      }
    }
  }

  /**
   * LangChain4j leaves the truncation in place that all-MiniLM-L6's tokenizer file asks for, at 128
   * tokens with the two special ones; ragstream reads all 512 positions.
   */
  private static String whatBothRead(OnnxEmbedder embedder, String text) {
    int limit = embedder.model().name().equals("all-minilm-l6") ? 126 : embedder.maxTokens();
    TokenSpans tokens = embedder.tokens(text);
    return tokens.count() <= limit ? text : text.substring(0, tokens.ends()[limit - 1]);
  }

  private static Supplier<EmbeddingModel> reference(BundledModel bundled) {
    return switch (bundled) {
      case BGE_SMALL_EN -> BgeSmallEnV15QuantizedEmbeddingModel::new;
      case BGE_SMALL_ZH -> BgeSmallZhV15QuantizedEmbeddingModel::new;
      case ALL_MINILM_L6 -> AllMiniLmL6V2QuantizedEmbeddingModel::new;
      case E5_SMALL -> E5SmallV2QuantizedEmbeddingModel::new;
    };
  }
}
