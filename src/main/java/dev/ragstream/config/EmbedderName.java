package dev.ragstream.config;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which embedding model is used, written as {@code bge-small-en} or {@code openai:NAME}.
 *
 * @param name as its provider calls it
 */
public record EmbedderName(Provider provider, String name) {

  /** Who embeds. */
  public enum Provider {
    /** A model whose weights are at hand, in process. */
    BUNDLED,
    /** Any server that speaks OpenAI's embeddings. */
    OPENAI,
    /** Ollama, by its own API. */
    OLLAMA
  }

  /** The model; null for anything else. */
  static @Nullable EmbedderName parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return new EmbedderName(Provider.BUNDLED, text);
    }
    String prefix = text.substring(0, colon);
    String name = text.substring(colon + 1).strip();
    return Arrays.stream(Provider.values())
        .filter(provider -> provider != Provider.BUNDLED && prefix(provider).equals(prefix))
        .filter(_ -> !name.isEmpty())
        .map(provider -> new EmbedderName(provider, name))
        .findFirst()
        .orElse(null);
  }

  /** As it is written in the settings. */
  @Override
  public String toString() {
    return switch (provider) {
      case BUNDLED -> name;
      case OPENAI, OLLAMA -> prefix(provider) + ":" + name;
    };
  }

  private static String prefix(Provider provider) {
    return provider.name().toLowerCase(Locale.ROOT);
  }
}
