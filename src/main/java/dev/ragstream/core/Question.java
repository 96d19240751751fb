package dev.ragstream.core;

import java.util.List;

/**
 * What the user asks.
 *
 * @param text the question itself, never blank
 * @param history what was said before, oldest first, by {@code USER} and {@code ASSISTANT}
 */
public record Question(String text, List<Message> history) {

  public Question {
    if (text.isBlank()) {
      throw new IllegalArgumentException("a question may not be blank");
    }
    history = List.copyOf(history);
  }

  public Question(String text) {
    this(text, List.of());
  }
}
