package dev.ragstream.model;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Secret;
import java.net.URI;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Any server that speaks OpenAI's chat completions, streamed: OpenAI itself, DeepSeek, OpenRouter,
 * vLLM, llama.cpp, LM Studio, Ollama's {@code /v1} and more.
 */
public final class OpenAiChatModel implements ChatModel {

  public static final URI DEFAULT_BASE_URL = URI.create("https://api.openai.com/v1");

  /** The environment variable in which users of this API keep their key. */
  public static final String KEY_VARIABLE = "OPENAI_API_KEY";

  /** The environment variable in which they keep its address. */
  public static final String ADDRESS_VARIABLE = "OPENAI_BASE_URL";

  private final String model;
  private final Endpoint endpoint;
  private final ChatOptions options;
  private final Upstream upstream;

  /**
   * Makes a model; nothing is sent yet.
   *
   * @param model as its server calls it, without {@code openai:}
   * @param notices is told of each wait for a busy server, in a sentence
   */
  public OpenAiChatModel(
      String model, Endpoint endpoint, ChatOptions options, Consumer<String> notices) {
    this(model, endpoint, options, notices, RetryPolicy.standard());
  }

  OpenAiChatModel(
      String model,
      Endpoint endpoint,
      ChatOptions options,
      Consumer<String> notices,
      RetryPolicy retry) {
    this.model = model;
    this.endpoint = endpoint;
    this.options = options;
    this.upstream = new Upstream(endpoint, retry, notices);
  }

  @Override
  public String name() {
    return "openai:" + model;
  }

  @Override
  public Finish stream(Prompt prompt, Reader reader) throws InterruptedException {
    UpstreamRequest request = request(prompt);
    UpstreamFailures failures = new UpstreamFailures(name(), endpoint, request.url(), KEY_VARIABLE);
    try (UpstreamBody body = upstream.open(request, failures)) {
      return new OpenAiStream(body, failures, reader).relay();
    }
  }

  /** The very request that {@link #stream} sends, as a command for a shell, the key left out. */
  public String curl(Prompt prompt) {
    return request(prompt).toCurl();
  }

  private UpstreamRequest request(Prompt prompt) {
    TreeMap<String, Secret> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Secret key = endpoint.key();
    if (key != null) {
      headers.put(
          "Authorization",
          new Secret(
              "Bearer " + key.placeholder(),
              () -> key.reveal().isBlank() ? "" : "Bearer " + key.reveal()));
    }
    headers.putAll(endpoint.headers());
    return new UpstreamRequest(
        endpoint.resolve("/chat/completions"),
        headers,
        OpenAiRequestBody.of(model, prompt.messages(), options, lengthField()));
  }

  /** OpenAI's own newer models know the limit by its new name alone, other servers by the old. */
  private String lengthField() {
    return DEFAULT_BASE_URL.getHost().equals(endpoint.baseUrl().getHost())
        ? "max_completion_tokens"
        : "max_tokens";
  }
}
