package dev.ragstream.model;

import java.util.List;

/** The fixtures of all providers. */
public final class ProviderFixtures {

  private ProviderFixtures() {}

  /** In the order of the documentation. */
  public static List<ProviderFixture> all() {
    return List.of(
        new OpenAiProvider(),
        new DeepSeekProvider(),
        new AnthropicProvider(),
        new GeminiProvider(),
        new OllamaProvider(),
        new DescribedProvider());
  }
}
