package dev.ragstream.model;

import dev.ragstream.core.Ledger;
import dev.ragstream.core.Prompt;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.UpstreamRequest;
import java.io.InputStream;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Ollama's own {@code /api/chat}, which unlike its {@code /v1} lets a request say how long a prompt
 * it has to read: what is longer than a model's context loses its beginning without a word.
 *
 * @param model as its server calls it, without {@code ollama:}
 */
public record OllamaApi(String model, Endpoint endpoint, ChatOptions options, ThinkTags thinkTags)
    implements ChatApi {

  /** The options that stand beside {@code options} instead of in it. */
  private static final Set<String> OF_THE_REQUEST =
      Set.of(
          "format",
          "keep_alive",
          "logprobs",
          "shift",
          "think",
          "tools",
          "top_logprobs",
          "truncate");

  private static final String CONTEXT = "num_ctx";

  /** Contexts differ in steps, since another one makes the server load the model again. */
  private static final int CONTEXT_STEP = 4096;

  /** With thinking where a model of this name usually has it. */
  public OllamaApi(String model, Endpoint endpoint, ChatOptions options) {
    this(model, endpoint, options, ThinkTags.usual(model));
  }

  @Override
  public String name() {
    return "ollama:" + model;
  }

  @Override
  public UpstreamRequest request(Prompt prompt) {
    ObjectNode body = RequestBody.object().put("model", model);
    RequestBody.messages(body, prompt.messages());
    body.put("stream", true);
    ObjectNode settings = body.putObject("options").put(CONTEXT, context(prompt.ledger()));
    RequestBody.number(settings, "temperature", options.temperature());
    RequestBody.number(settings, "top_p", options.topP());
    RequestBody.number(settings, "num_predict", options.maxTokens());
    RequestBody.number(settings, "seed", options.seed());
    RequestBody.texts(settings, "stop", options.stop());
    options
        .more()
        .forEach((name, value) ->
            RequestBody.more(OF_THE_REQUEST.contains(name) ? body : settings, name, value));
    return new UpstreamRequest(
        endpoint.resolve("/api/chat"),
        LineFrames.MEDIA_TYPE,
        endpoint.bearerHeaders(),
        body.toString());
  }

  @Override
  public Frames frames(InputStream body) {
    return new LineFrames(body);
  }

  @Override
  public ChunkReader chunks() {
    return new OllamaChunk();
  }

  /**
   * Room for the prompt, a quarter more than our count of it since the model's own may differ by
   * that, and for the answer.
   */
  private int context(Ledger ledger) {
    int longest = options.maxTokens() == null ? 0 : options.maxTokens();
    long needed = ledger.total() * 5L / 4 + Math.max(ledger.reserve(), longest);
    long steps = Math.max(1, Math.ceilDiv(needed, CONTEXT_STEP));
    return Math.toIntExact(steps * CONTEXT_STEP);
  }
}
