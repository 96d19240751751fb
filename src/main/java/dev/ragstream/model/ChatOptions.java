package dev.ragstream.model;

import java.util.LinkedHashMap;
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

  /**
   * These, and where there are none those of somebody else; no answer may be longer than either
   * allows.
   */
  public ChatOptions over(ChatOptions standard) {
    Map<String, String> both = new LinkedHashMap<>(standard.more);
    both.putAll(more);
    return new ChatOptions(
        temperature == null ? standard.temperature : temperature,
        topP == null ? standard.topP : topP,
        shorter(maxTokens, standard.maxTokens),
        seed == null ? standard.seed : seed,
        stop.isEmpty() ? standard.stop : stop,
        both);
  }

  /** What is set but {@code more}, by the names of the settings. */
  public Map<String, String> spelt() {
    Map<String, String> spelt = new LinkedHashMap<>();
    put(spelt, "temperature", temperature);
    put(spelt, "topP", topP);
    put(spelt, "maxTokens", maxTokens);
    put(spelt, "seed", seed);
    put(spelt, "stop", stop.isEmpty() ? null : String.join(",", stop));
    return spelt;
  }

  private static void put(Map<String, String> spelt, String name, @Nullable Object value) {
    if (value != null) {
      spelt.put(name, value.toString());
    }
  }

  private static @Nullable Integer shorter(@Nullable Integer a, @Nullable Integer b) {
    return a == null || (b != null && b < a) ? b : a;
  }
}
