package dev.ragstream.core;

import java.util.List;

/** Port: turns a question and its passages into the messages that the model is sent. */
public interface Template {

  /** What the user calls it: {@code default} or a file's name. */
  String name();

  /**
   * Renders once: what looks like a variable inside a passage or a question stays as it is.
   *
   * @throws FailureException of kind {@code TEMPLATE}
   */
  List<Message> render(Values values);

  /**
   * What a template can show.
   *
   * @param excerpts the passages that made it into the prompt, best first
   * @param fence a code that stands in the delimiters around each excerpt and in none of the
   *     excerpts
   */
  record Values(String question, List<Message> history, List<Excerpt> excerpts, String fence) {

    public Values {
      history = List.copyOf(history);
      excerpts = List.copyOf(excerpts);
    }
  }
}
