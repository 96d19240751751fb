package dev.ragstream.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BundledModelTest {

  @ParameterizedTest
  @CsvSource({
    "bge-small-en, 384, 510",
    "bge-small-zh, 512, 510",
    "all-minilm-l6, 384, 510",
    "e5-small, 384, 508"
  })
  void eachModelIsFoundByItsName(String name, int dimensions, int maxTokens) {
    BundledModel model = BundledModel.named(name);

    assertThat(model.model()).isEqualTo(new EmbeddingModel(name, dimensions));
    assertThat(model.maxTokens()).isEqualTo(maxTokens);
  }

  @ParameterizedTest
  @CsvSource({
    "bge-smal-en, bge-small-en",
    "BGE-small-ZH, bge-small-zh",
    "all-minilm-l6-v2, all-minilm-l6",
    "e5-smal, e5-small"
  })
  void anUnknownNameIsRefusedWithTheNearestOne(String name, String nearest) {
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> BundledModel.named(name))
        .satisfies(
            thrown -> assertThat(thrown.failure().remedy()).contains("to \"" + nearest + "\""));
  }

  @Test
  void theRefusalNamesAllModels() {
    assertThatExceptionOfType(FailureException.class)
        .isThrownBy(() -> BundledModel.named("bge-smal-en"))
        .extracting(FailureException::failure)
        .isEqualTo(
            new Failure(
                Failure.Kind.SETTINGS,
                "there is no bundled embedding model named \"bge-smal-en\"",
                "set embedding.model to \"bge-small-en\" if that was meant; the bundled models are"
                    + " bge-small-en, bge-small-zh, all-minilm-l6, e5-small"));
  }
}
