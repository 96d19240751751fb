package dev.ragstream.model;

import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Secret;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.HttpTransport;
import dev.ragstream.upstream.RetryPolicy;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;

/** The model of every provider keeps to the contract. */
class ServedModelsTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Nested
  class OfOpenAi extends Served {
    OfOpenAi() {
      super(new OpenAiProvider());
    }
  }

  @Nested
  class OfDeepSeek extends Served {
    OfDeepSeek() {
      super(new DeepSeekProvider());
    }
  }

  @Nested
  class OfAnthropic extends Served {
    OfAnthropic() {
      super(new AnthropicProvider());
    }
  }

  @Nested
  class OfGemini extends Served {
    OfGemini() {
      super(new GeminiProvider());
    }
  }

  @Nested
  class OfOllama extends Served {
    OfOllama() {
      super(new OllamaProvider());
    }
  }

  @Nested
  class OfASettingsDescription extends Served {
    OfASettingsDescription() {
      super(new DescribedProvider());
    }
  }

  abstract static class Served implements ChatModelContract {

    private final ProviderFixture provider;
    private final ScriptedServer server = new ScriptedServer();

    Served(ProviderFixture provider) {
      this.provider = provider;
    }

    @AfterEach
    void closeServer() {
      server.close();
    }

    @Override
    public ChatModel model() {
      server.script(
          send(
              provider.head()
                  + provider.opening()
                  + provider.reasoning("Clouds.")
                  + provider.text("Take an ")
                  + provider.text("umbrella \\ud83c")
                  + provider.text("\\udf02.")
                  + provider.end()));
      Endpoint endpoint =
          new Endpoint(
              server.url(),
              new Secret("$TEST_KEY", () -> OpenAiFixture.CANARY),
              Map.of(),
              OpenAiFixture.PATIENT,
              new Endpoint.Names("llm", provider.keyVariable()));
      return new HttpChatModel(
          provider.api(endpoint), new HttpTransport(endpoint, RetryPolicy.standard(), _ -> {}));
    }

    @Override
    public Prompt prompt() {
      return OpenAiFixture.PROMPT;
    }

    @Override
    public String answer() {
      return "Take an umbrella \uD83C\uDF02.";
    }

    /** Without a marker the end of the stream may be awaited for a while. */
    @Override
    public void assertClosed() {
      assertThat(server.clientLeft()).succeedsWithin(PATIENCE);
    }
  }
}
