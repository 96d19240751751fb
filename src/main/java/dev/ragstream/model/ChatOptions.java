package dev.ragstream.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a model is asked to word its answer; what is null is left to its server.
 *
 * @param temperature from 0, always the likeliest word, to 2
 * @param topP the share of likeliest words to draw from, 0 to 1
 * @param maxTokens the longest answer
 * @param seed makes answers repeatable where the server knows how
 * @param stop texts before which the answer ends
 * @param more further options by the names that the provider gives them; each value is JSON, and
 *     what is none is a text
 */
public record ChatOptions(
    @Nullable Double temperature,
    @Nullable Double topP,
    @Nullable Integer maxTokens,
    @Nullable Long seed,
    List<String> stop,
    Map<String, String> more) {

  public static final ChatOptions DEFAULTS =
      new ChatOptions(null, null, null, null, List.of(), Map.of());

  public ChatOptions {
    stop = List.copyOf(stop);
  }
}
