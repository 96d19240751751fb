package dev.ragstream.config;

import dev.ragstream.core.Nearest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which chat model answers, written as {@code extractive}, {@code openai:NAME} or {@code
 * replay:FILE}.
 *
 * @param name as the provider calls it; empty for {@code EXTRACTIVE}, an absolute path for {@code
 *     REPLAY}
 */
public record ModelName(Provider provider, String name) {

  /** Who answers. */
  public enum Provider {
    /** The best sentences of the passages, picked in process. */
    EXTRACTIVE,
    /** Any server that speaks OpenAI's chat completions. */
    OPENAI,
    /** DeepSeek, which speaks the same. */
    DEEPSEEK,
    /** Anthropic's messages. */
    ANTHROPIC,
    /** Google's Gemini. */
    GEMINI,
    /** Ollama's own API. */
    OLLAMA,
    /** A server that the settings describe. */
    CUSTOM,
    /** A cassette. */
    REPLAY;

    /** Whether it answers from a server; else in process. */
    boolean hasServer() {
      return switch (this) {
        case EXTRACTIVE, REPLAY -> false;
        case OPENAI, DEEPSEEK, ANTHROPIC, GEMINI, OLLAMA, CUSTOM -> true;
      };
    }

    /** As it stands before the colon. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    private static List<String> words() {
      return Arrays.stream(values()).map(Provider::word).toList();
    }

    private static Optional<Provider> of(String word) {
      return Arrays.stream(values()).filter(provider -> provider.word().equals(word)).findFirst();
    }
  }

  /** Goes before the path of a cassette. */
  public static final String REPLAY_PREFIX = "replay:";

  /** What a name begins with, or is, where it is completed: {@code openai:}. */
  public static List<String> words() {
    return Arrays.stream(Provider.values())
        .map(provider -> provider == Provider.EXTRACTIVE ? provider.word() : provider.word() + ":")
        .toList();
  }

  /** All that may be written, for people. */
  static String accepted() {
    return Arrays.stream(Provider.values())
        .filter(provider -> provider != Provider.EXTRACTIVE)
        .map(provider -> provider.word() + (provider == Provider.REPLAY ? ":FILE" : ":NAME"))
        .collect(Collectors.joining(", ", "extractive, ", ""));
  }

  /** The model; null for anything else. */
  public static @Nullable ModelName parse(String text) {
    String name = text.substring(Math.min(text.length(), word(text).length() + 1)).strip();
    return Provider.of(word(text))
        .filter(known -> name.isEmpty() == (known == Provider.EXTRACTIVE))
        .map(known -> new ModelName(known, name))
        .orElse(null);
  }

  /**
   * Looks at what stands before the colon, or alone.
   *
   * @throws UnfitException where that is no provider, or only nearly {@code extractive}
   */
  static void requireProvider(String text) {
    String word = word(text);
    String extractive = Provider.EXTRACTIVE.word();
    if (!text.equals(extractive) && Nearest.to(text, List.of(extractive)).isPresent()) {
      throw new UnfitException(
          "cannot be " + ScalarType.shown(text), "did you mean " + extractive + "?");
    }
    if (word.length() < text.length() && Provider.of(word).isEmpty()) {
      throw new UnfitException(
          "names a provider that is unknown: " + ScalarType.shown(word),
          Nearest.to(word, Provider.words())
              .map(near -> "did you mean " + near + text.substring(word.length()) + "?")
              .orElse("use " + accepted()));
    }
  }

  private static String word(String text) {
    int colon = text.indexOf(':');
    return colon < 0 ? text : text.substring(0, colon);
  }

  /** As it is written in the settings. */
  @Override
  public String toString() {
    return name.isEmpty() ? provider.word() : provider.word() + ":" + name;
  }
}
