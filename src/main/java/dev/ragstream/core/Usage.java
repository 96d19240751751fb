package dev.ragstream.core;

/** Tokens as the model's server counted them; -1 where it did not say. */
public record Usage(int promptTokens, int completionTokens) {

  public static final Usage UNKNOWN = new Usage(-1, -1);
}
