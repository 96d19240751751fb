package dev.ragstream.app;

import dev.ragstream.app.Endpoints.Server;
import dev.ragstream.cassette.Replay;
import dev.ragstream.config.LlmSettings;
import dev.ragstream.config.ModelName;
import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Secret;
import dev.ragstream.model.ChatApi;
import dev.ragstream.model.ChatOptions;
import dev.ragstream.model.ExtractiveModel;
import dev.ragstream.model.HttpChatModel;
import dev.ragstream.upstream.Timeouts;
import dev.ragstream.upstream.Transport;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds the chat model that the settings name.
 *
 * @param wanted options that go before those of the settings
 */
record ChatModels(LlmSettings llm, Surroundings surroundings, ChatOptions wanted) {

  ChatModels(LlmSettings llm, Surroundings surroundings) {
    this(llm, surroundings, ChatOptions.DEFAULTS);
  }

  /** A model that is asked with other options each time, over one way to its server. */
  interface Worded {

    /**
     * The model.
     *
     * @param wanted options that go before those of the settings
     */
    ChatModel with(ChatOptions wanted);
  }

  /** The model for many requests. */
  Worded worded(Supplier<Embedder> embedder, Supplier<Replay> replay) {
    return switch (llm.model().provider()) {
      case EXTRACTIVE -> {
        ChatModel extractive = new ExtractiveModel(embedder.get());
        yield _ -> extractive;
      }
      case REPLAY -> {
        Replay recorded = replay.get();
        yield options -> recorded.over(wanting(options)::replayed);
      }
      case OPENAI, DEEPSEEK, ANTHROPIC, GEMINI, OLLAMA, CUSTOM -> {
        Transport network = network(api().orElseThrow());
        yield options -> new HttpChatModel(wanting(options).api().orElseThrow(), network);
      }
    };
  }

  private ChatModels wanting(ChatOptions options) {
    return new ChatModels(llm, surroundings, options);
  }

  /**
   * The model.
   *
   * @param via what stands between it and the network
   */
  ChatModel model(
      Supplier<Embedder> embedder, Supplier<Replay> replay, UnaryOperator<Transport> via) {
    return switch (llm.model().provider()) {
      case EXTRACTIVE -> new ExtractiveModel(embedder.get());
      case REPLAY -> replay.get();
      case OPENAI, DEEPSEEK, ANTHROPIC, GEMINI, OLLAMA, CUSTOM -> {
        ChatApi api = api().orElseThrow();
        yield new HttpChatModel(api, via.apply(network(api)));
      }
    };
  }

  /** A recorded model, with today's options; nothing where it has no server that is known here. */
  Optional<ChatModel> replayed(String name, URI baseUrl, Transport transport) {
    return Optional.ofNullable(ModelName.parse(name))
        .flatMap(model -> apis(model, baseUrl, null, Map.of()).api())
        .map(api -> new HttpChatModel(api, transport));
  }

  String curl(Prompt prompt) {
    ChatApi api = api().orElseThrow(this::noRequest);
    return new HttpChatModel(api, network(api)).curl(prompt);
  }

  private FailureException noRequest() {
    return new FailureException(
        Failure.Kind.USAGE,
        (llm.model().provider() == ModelName.Provider.REPLAY
                ? "a replay answers from a file"
                : "the model extractive answers in process")
            + ", so there is no request to show",
        "name a model with a server: -m openai:gpt-4o-mini");
  }

  /** How the model is asked; nothing for one without a server. */
  Optional<ChatApi> api() {
    return configured().api();
  }

  /** Where the model is; nothing for one without a server, or whose server has no known list. */
  Optional<Server> server() {
    return configured().server();
  }

  private ChatApis configured() {
    return apis(llm.model(), llm.baseUrl(), llm.apiKey(), llm.headers());
  }

  private ChatApis apis(
      ModelName model, @Nullable URI baseUrl, @Nullable Secret key, Map<String, Secret> headers) {
    Timeouts timeouts =
        new Timeouts(llm.connectTimeout(), llm.firstTokenTimeout(), llm.idleTimeout());
    return new ChatApis(
        llm,
        model,
        new Endpoints(surroundings),
        new Endpoints.Given("llm", baseUrl, key, headers, llm.proxy(), timeouts),
        wanted);
  }

  private Transport network(ChatApi api) {
    return new Endpoints(surroundings)
        .transport(api.endpoint(), "the model " + api.name(), "use -m extractive");
  }
}
