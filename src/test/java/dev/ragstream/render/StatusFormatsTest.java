package dev.ragstream.render;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.StoreStatus;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class StatusFormatsTest {

  private static final StoreStatus EMPTY = new StoreStatus("/data/index", 0, 0, null, 999, null);
  private static final StoreStatus FULL =
      new StoreStatus(
          "/data/索\u001b引",
          12,
          340,
          new EmbeddingModel("bge\u009b-small-en", 384),
          1_260_000,
          Instant.parse("2026-01-02T12:30:00Z"));

  @Test
  void textHasALineForEachFact() {
    assertThat(StatusFormats.text(EMPTY))
        .isEqualTo(
            """
            index      /data/index
            documents  0
            chunks     0
            embedding  none yet
            size       1.0 kB
            last run   never
            """);
    assertThat(StatusFormats.text(FULL))
        .startsWith(
            """
            index      /data/索␛引
            documents  12
            chunks     340
            embedding  bge\uFFFD-small-en (384 dimensions)
            size       1.3 MB
            last run   2026-01-0\
            """)
        .doesNotMatch(TerminalTextTest.HARMFUL);
  }

  @Test
  void jsonLeavesOutWhatIsNotThereYet() {
    assertThat(StatusFormats.json(EMPTY))
        .isEqualTo(
            """
            {
              "index" : "/data/index",
              "documents" : 0,
              "chunks" : 0,
              "bytes" : 999
            }
            """);
    assertThat(StatusFormats.json(FULL))
        .isEqualTo(
            """
            {
              "index" : "/data/索\\u001B引",
              "documents" : 12,
              "chunks" : 340,
              "bytes" : 1260000,
              "embedding" : {
                "model" : "bge\\u009B-small-en",
                "dimensions" : 384
              },
              "lastRun" : "2026-01-02T12:30:00Z"
            }
            """);
  }
}
