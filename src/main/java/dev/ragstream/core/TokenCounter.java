package dev.ragstream.core;

/** Port: counts the tokens that a text costs the chat model. */
@FunctionalInterface
public interface TokenCounter {

  int count(String text);
}
