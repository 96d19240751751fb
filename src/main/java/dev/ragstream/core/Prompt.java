package dev.ragstream.core;

import java.util.List;

/**
 * What the model is sent.
 *
 * @param template the name of the template that made it
 * @param messages in order, exactly as sent
 * @param excerpts the passages in it
 * @param fence the code in the delimiters around each excerpt
 */
public record Prompt(
    Question question,
    String template,
    List<Message> messages,
    List<Excerpt> excerpts,
    String fence,
    Ledger ledger) {

  public Prompt {
    messages = List.copyOf(messages);
    excerpts = List.copyOf(excerpts);
  }
}
