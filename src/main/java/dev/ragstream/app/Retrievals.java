package dev.ragstream.app;

import dev.ragstream.config.RetrievalSettings;
import dev.ragstream.config.Settings;
import dev.ragstream.core.Filter;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retrieval.Mode;
import java.util.function.Consumer;

/** Says how passages are found, and tells once where that cannot be as the settings wish. */
final class Retrievals {

  private final Settings settings;
  private final Consumer<String> notices;
  private boolean toldOfWords;

  Retrievals(Settings settings, Consumer<String> notices) {
    this.settings = settings;
    this.notices = notices;
  }

  Retrieval.Options options(Filter where) {
    RetrievalSettings retrieval = settings.retrieval();
    return new Retrieval.Options(
        mode(),
        retrieval.topK(),
        retrieval.candidates(),
        retrieval.minScore() == 0 ? Double.NEGATIVE_INFINITY : retrieval.minScore(),
        where);
  }

  private Mode mode() {
    Mode mode = settings.retrieval().mode();
    if (mode != Mode.HYBRID || !settings.store().wordsAlone()) {
      return mode;
    }
    if (!toldOfWords) {
      notices.accept(
          "the index has no vectors (store.fields.vector), so passages are found by words alone");
      toldOfWords = true;
    }
    return Mode.LEXICAL;
  }
}
