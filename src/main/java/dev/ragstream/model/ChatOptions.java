package dev.ragstream.model;

import org.jspecify.annotations.Nullable;

/**
 * How a model is asked to word its answer; what is null is left to its server.
 *
 * @param temperature from 0, always the likeliest word, to 2
 * @param topP the share of likeliest words to draw from, 0 to 1
 * @param maxTokens the longest answer
 * @param seed makes answers repeatable where the server knows how
 */
public record ChatOptions(
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer maxTokens,
    @Nullable Long seed) {

  public static final ChatOptions DEFAULTS = new ChatOptions(null, null, null, null);
}
