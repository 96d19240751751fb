package dev.ragstream.app;

import dev.ragstream.app.Assembly.Surroundings;
import dev.ragstream.config.ModelName;
import dev.ragstream.config.Settings;
import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Secret;
import dev.ragstream.model.ChatOptions;
import dev.ragstream.model.Endpoint;
import dev.ragstream.model.ExtractiveModel;
import dev.ragstream.model.OpenAiChatModel;
import dev.ragstream.model.Timeouts;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/** Builds the chat model that the settings name. */
record ChatModels(Settings.Llm llm, Surroundings surroundings) {

  ChatModel model(Supplier<Embedder> embedder) {
    return switch (llm.model().provider()) {
      case EXTRACTIVE -> new ExtractiveModel(embedder.get());
      case OPENAI ->
          surroundings.offline() ? new Offline(llm.model().toString()) : openAi(llm.model());
    };
  }

  String curl(Prompt prompt) {
    return switch (llm.model().provider()) {
      case OPENAI -> openAi(llm.model()).curl(prompt);
      case EXTRACTIVE ->
          throw new FailureException(
              Failure.Kind.USAGE,
              "the model extractive answers in process, so there is no request to show",
              "name a model with a server: -m openai:gpt-4o-mini");
    };
  }

  /**
   * A key of the environment goes to the address of the environment, never to one of the settings.
   */
  private OpenAiChatModel openAi(ModelName model) {
    Map<String, String> environment = surroundings.environment();
    URI address = llm.baseUrl();
    Secret key = llm.apiKey();
    if (address == null) {
      address = address(environment.getOrDefault(OpenAiChatModel.ADDRESS_VARIABLE, "").strip());
      if (key == null) {
        key =
            new Secret(
                "$" + OpenAiChatModel.KEY_VARIABLE,
                () -> environment.getOrDefault(OpenAiChatModel.KEY_VARIABLE, ""));
      }
    }
    return new OpenAiChatModel(
        model.name(),
        new Endpoint(
            address,
            key,
            llm.headers(),
            new Timeouts(llm.connectTimeout(), llm.idleTimeout(), llm.idleTimeout())),
        new ChatOptions(llm.temperature(), null, llm.maxTokens(), null),
        surroundings.notices());
  }

  private static URI address(String given) {
    try {
      return given.isEmpty() ? OpenAiChatModel.DEFAULT_BASE_URL : URI.create(given);
    } catch (IllegalArgumentException _) {
      throw new FailureException(
          Failure.Kind.SETTINGS,
          "the variable " + OpenAiChatModel.ADDRESS_VARIABLE + " holds no address",
          "set it to one such as http://localhost:8000/v1, or unset it");
    }
  }

  /**
   * Stands for a model that needs a network where there may be none; its prompt can be inspected.
   */
  private record Offline(String name) implements ChatModel {

    @Override
    public Finish stream(Prompt prompt, Reader reader) {
      throw new FailureException(
          Failure.Kind.OFFLINE,
          "the model " + name + " needs a network, and --offline forbids it",
          "leave --offline out, or use -m extractive");
    }
  }
}
