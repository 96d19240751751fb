package dev.ragstream.app;

import dev.ragstream.app.Endpoints.Server;
import dev.ragstream.config.JsonPointer;
import dev.ragstream.config.LlmSettings;
import dev.ragstream.config.ModelName;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.model.AnswerPlaces;
import dev.ragstream.model.AnthropicApi;
import dev.ragstream.model.ChatApi;
import dev.ragstream.model.ChatOptions;
import dev.ragstream.model.DescribedApi;
import dev.ragstream.model.GeminiApi;
import dev.ragstream.model.OllamaApi;
import dev.ragstream.model.OpenAiApi;
import dev.ragstream.model.ThinkTags;
import dev.ragstream.template.RequestTemplate;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a model on a server is asked.
 *
 * @param given where that server is, unless it is at its provider's own address
 * @param wanted options that go before those of the settings
 */
record ChatApis(
    LlmSettings llm,
    ModelName model,
    Endpoints endpoints,
    Endpoints.Given given,
    ChatOptions wanted) {

  /** Nothing for a model without a server. */
  Optional<ChatApi> api() {
    String name = model.name();
    return Optional.ofNullable(
        switch (model.provider()) {
          case EXTRACTIVE, REPLAY -> null;
          case OPENAI -> openAi(Provider.OPENAI);
          case DEEPSEEK -> openAi(Provider.DEEPSEEK);
          case ANTHROPIC -> new AnthropicApi(name, endpoint(Provider.ANTHROPIC), options());
          case GEMINI -> new GeminiApi(name, endpoint(Provider.GEMINI), options());
          case OLLAMA -> new OllamaApi(name, endpoint(Provider.OLLAMA), options(), thinkTags());
          case CUSTOM -> described();
        });
  }

  /** Where the model is; nothing for one without a server, or whose server has no known list. */
  Optional<Server> server() {
    return switch (model.provider()) {
      case EXTRACTIVE, REPLAY, CUSTOM -> Optional.empty();
      case OPENAI -> server(Provider.OPENAI);
      case DEEPSEEK -> server(Provider.DEEPSEEK);
      case ANTHROPIC -> server(Provider.ANTHROPIC);
      case GEMINI -> server(Provider.GEMINI);
      case OLLAMA -> server(Provider.OLLAMA);
    };
  }

  private Optional<Server> server(Provider provider) {
    return Optional.of(new Server(provider, endpoint(provider)));
  }

  private Endpoint endpoint(Provider provider) {
    return endpoints.of(provider, given);
  }

  private OpenAiApi openAi(Provider provider) {
    return new OpenAiApi(provider, model.name(), endpoint(provider), options(), thinkTags());
  }

  private DescribedApi described() {
    LlmSettings.Response response = llm.response();
    RequestTemplate request =
        new RequestTemplate("llm.request", required("request", llm.request()));
    AnswerPlaces places =
        new AnswerPlaces(
            response.frames() == LlmSettings.Framing.LINES,
            required("response.text", text(response.text())),
            text(response.reasoning()),
            text(response.end()),
            text(response.promptTokens()),
            text(response.completionTokens()));
    Endpoint endpoint = endpoints.of(required("baseUrl", given.baseUrl()), given);
    return new DescribedApi(
        model.name(), endpoint, options(), thinkTags(), request::render, places);
  }

  private static <T> T required(String leaf, @Nullable T value) {
    if (value == null) {
      throw new FailureException(
          Failure.Kind.SETTINGS,
          "a custom: model needs llm." + leaf + ", which is not set",
          "set llm.baseUrl (where to post), llm.request (what) and llm.response.text (where the"
              + " answer stands)");
    }
    return value;
  }

  private static @Nullable String text(@Nullable JsonPointer pointer) {
    return pointer == null ? null : pointer.text();
  }

  private ChatOptions options() {
    LlmSettings.Options options = llm.options();
    Integer seed = options.seed();
    return wanted.over(
        new ChatOptions(
            options.temperature(),
            options.topP(),
            options.maxTokens(),
            seed == null ? null : Long.valueOf(seed),
            options.stop(),
            options.more()));
  }

  private ThinkTags thinkTags() {
    return switch (llm.thinking()) {
      case AUTO -> ThinkTags.usual(model.name());
      case TAGS -> ThinkTags.TAGGED;
      case OPEN -> ThinkTags.OPEN;
      case NONE -> ThinkTags.NONE;
    };
  }
}
