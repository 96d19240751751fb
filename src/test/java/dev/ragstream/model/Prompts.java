package dev.ragstream.model;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Ledger;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Prompts as models are sent them. */
final class Prompts {

  private Prompts() {}

  /** A question and the texts of its passages, best first. */
  static Prompt prompt(String question, String... passages) {
    List<Excerpt> excerpts = new ArrayList<>();
    for (String text : passages) {
      excerpts.add(excerpt(excerpts.size() + 1, text));
    }
    return new Prompt(
        new Question(question),
        "default",
        List.of(
            new Message(Role.SYSTEM, "Answer from the passages."),
            new Message(Role.USER, question)),
        excerpts,
        "0f0f0f0f",
        new Ledger(4096, 1024, 0, 0, 0, 0, 0, List.of()));
  }

  static Excerpt excerpt(int n, String text) {
    Chunk chunk = new Chunk("doc.md#" + n, "doc.md", "", text, Map.of());
    return new Excerpt(new Passage(n, chunk, 1.0 / n, null, null), text);
  }
}
