package dev.ragstream.config;

import org.jspecify.annotations.Nullable;

/**
 * Which chat model answers, written as {@code extractive} or {@code openai:NAME}.
 *
 * @param name as the provider calls it; empty for {@code EXTRACTIVE}
 */
public record ModelName(Provider provider, String name) {

  /** Who answers. */
  public enum Provider {
    /** The best sentences of the passages, picked in process. */
    EXTRACTIVE,
    /** Any server that speaks OpenAI's chat completions. */
    OPENAI
  }

  private static final String OPENAI_PREFIX = "openai:";

  /** The model; null for anything else. */
  static @Nullable ModelName parse(String text) {
    if (text.equals("extractive")) {
      return new ModelName(Provider.EXTRACTIVE, "");
    }
    if (text.startsWith(OPENAI_PREFIX) && text.length() > OPENAI_PREFIX.length()) {
      return new ModelName(Provider.OPENAI, text.substring(OPENAI_PREFIX.length()).strip());
    }
    return null;
  }

  /** As it is written in the settings. */
  @Override
  public String toString() {
    return switch (provider) {
      case EXTRACTIVE -> "extractive";
      case OPENAI -> OPENAI_PREFIX + name;
    };
  }
}
