package dev.ragstream.journal;

import dev.ragstream.core.Question;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a run begins with.
 *
 * @param model as in the setting {@code llm.model}
 * @param settings those in force, by dotted name, as they were written; without secrets
 */
public record RunStart(Question question, String model, Map<String, String> settings) {

  public RunStart {
    settings = Collections.unmodifiableMap(new TreeMap<>(settings));
  }
}
