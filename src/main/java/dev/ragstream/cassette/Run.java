package dev.ragstream.cassette;

import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Retrieval;
import java.time.Instant;

/**
 * One question and what came of it.
 *
 * @param line where it begins in its file, from 1; 0 where it is in none yet
 * @param model as in the setting {@code llm.model}
 */
record Run(
    int line,
    Instant recorded,
    String model,
    Retrieval retrieval,
    Prompt prompt,
    Answer answer,
    Ending ending) {

  String question() {
    return prompt.question().text();
  }
}
