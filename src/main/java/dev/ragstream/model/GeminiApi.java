package dev.ragstream.model;

import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Prompt;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.UpstreamRequest;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Google's Gemini, streamed as server-sent events.
 *
 * @param model as its server calls it, without {@code gemini:}
 */
public record GeminiApi(String model, Endpoint endpoint, ChatOptions options) implements ChatApi {

  /** The options that stand beside {@code generationConfig} instead of in it. */
  private static final Set<String> OF_THE_REQUEST =
      Set.of("cachedContent", "labels", "safetySettings", "toolConfig", "tools");

  @Override
  public String name() {
    return "gemini:" + model;
  }

  @Override
  public UpstreamRequest request(Prompt prompt) {
    ObjectNode body = RequestBody.object();
    for (Message message : prompt.messages()) {
      if (message.role() == Role.SYSTEM) {
        part(body.withObject("systemInstruction"), message);
      } else {
        ObjectNode turn = body.withArray("contents").addObject();
        part(turn.put("role", message.role() == Role.USER ? "user" : "model"), message);
      }
    }
    ObjectNode generation = body.putObject("generationConfig");
    RequestBody.number(generation, "temperature", options.temperature());
    RequestBody.number(generation, "topP", options.topP());
    RequestBody.number(generation, "maxOutputTokens", options.maxTokens());
    RequestBody.number(generation, "seed", options.seed());
    RequestBody.texts(generation, "stopSequences", options.stop());
    options
        .more()
        .forEach((name, value) ->
            RequestBody.more(OF_THE_REQUEST.contains(name) ? body : generation, name, value));
    if (generation.isEmpty()) {
      body.remove("generationConfig");
    }
    return new UpstreamRequest(
        endpoint.resolve("/" + resource() + ":streamGenerateContent?alt=sse"),
        UpstreamRequest.EVENT_STREAM,
        Provider.GEMINI.headers(endpoint),
        body.toString());
  }

  @Override
  public Frames frames(InputStream body) {
    return new EventStreamReader(body);
  }

  @Override
  public ThinkTags thinkTags() {
    return ThinkTags.TAGGED;
  }

  @Override
  public ChunkReader chunks() {
    return new GeminiChunk();
  }

  /** A name with a slash in it, such as {@code tunedModels/mine}, says itself where it belongs. */
  private String resource() {
    String path = model.contains("/") ? model : "models/" + model;
    return URLEncoder.encode(path, StandardCharsets.UTF_8).replace("%2F", "/").replace("+", "%20");
  }

  private static void part(ObjectNode target, Message message) {
    target.withArray("parts").addObject().put("text", message.content());
  }
}
