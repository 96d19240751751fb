package dev.ragstream.model;

import dev.ragstream.core.Prompt;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.UpstreamRequest;
import java.io.InputStream;
import tools.jackson.databind.node.ObjectNode;

/**
 * OpenAI's chat completions, streamed: spoken by OpenAI itself, DeepSeek, OpenRouter, vLLM,
 * llama.cpp, LM Studio, Ollama's {@code /v1} and more.
 *
 * @param provider whose keys and address are used
 * @param model as its server calls it, without {@code openai:}
 */
public record OpenAiApi(
    Provider provider, String model, Endpoint endpoint, ChatOptions options, ThinkTags thinkTags)
    implements ChatApi {

  /** OpenAI or one of the many, with thinking where a model of this name usually has it. */
  public OpenAiApi(String model, Endpoint endpoint, ChatOptions options) {
    this(Provider.OPENAI, model, endpoint, options, ThinkTags.usual(model));
  }

  @Override
  public String name() {
    return provider.word() + ":" + model;
  }

  @Override
  public UpstreamRequest request(Prompt prompt) {
    ObjectNode body = RequestBody.object().put("model", model);
    RequestBody.messages(body, prompt.messages());
    RequestBody.number(body, "temperature", options.temperature());
    RequestBody.number(body, "top_p", options.topP());
    RequestBody.number(body, lengthField(), options.maxTokens());
    RequestBody.number(body, "seed", options.seed());
    RequestBody.texts(body, "stop", options.stop());
    body.put("stream", true).putObject("stream_options").put("include_usage", true);
    RequestBody.more(body, options.more());
    return new UpstreamRequest(
        endpoint.resolve("/chat/completions"),
        UpstreamRequest.EVENT_STREAM,
        endpoint.bearerHeaders(),
        body.toString());
  }

  @Override
  public Frames frames(InputStream body) {
    return new EventStreamReader(body);
  }

  @Override
  public ChunkReader chunks() {
    return new OpenAiChunk();
  }

  /** OpenAI's own newer models know the limit by its new name alone, other servers by the old. */
  private String lengthField() {
    return Provider.OPENAI.standard().getHost().equals(endpoint.baseUrl().getHost())
        ? "max_completion_tokens"
        : "max_tokens";
  }
}
