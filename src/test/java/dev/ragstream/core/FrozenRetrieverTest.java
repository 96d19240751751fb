package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class FrozenRetrieverTest {

  private final Retrieval then = Samples.retrieval(Samples.passages("Rain.", "Sun.", "Wind."));
  private final Retriever retriever = new FrozenRetriever(then);

  @Test
  void itFindsWhatWasFoundWhateverIsAsked() {
    Retrieval found = retriever.retrieve("something else", Samples.options(5), 10);

    assertThat(found.passages()).isEqualTo(then.passages());
    assertThat(found.query()).isEqualTo(then.query());
  }

  @Test
  void howManyPassagesThePromptMayHoldIsUpToWhoeverAsks() {
    Retrieval.Options now =
        new Retrieval.Options(Retrieval.Mode.VECTOR, 1, 7, 0.25, new Filter(Map.of("lang", "en")));

    Retrieval found = retriever.retrieve("rain?", now, 2);

    assertThat(found.passages()).isEqualTo(then.passages().subList(0, 2));
    assertThat(found.options())
        .isEqualTo(new Retrieval.Options(Retrieval.Mode.HYBRID, 1, 50, 0.25, Filter.NONE));
  }
}
