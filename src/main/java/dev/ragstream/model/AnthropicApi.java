package dev.ragstream.model;

import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Prompt;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;
import dev.ragstream.upstream.UpstreamRequest;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/**
 * Anthropic's messages.
 *
 * @param model as its server calls it, without {@code anthropic:}
 */
public record AnthropicApi(String model, Endpoint endpoint, ChatOptions options)
    implements ChatApi {

  /** The longest answer where neither an option nor the prompt's reserve says one. */
  private static final int LONGEST_ANSWER = 4096;

  @Override
  public String name() {
    return "anthropic:" + model;
  }

  @Override
  public UpstreamRequest request(Prompt prompt) {
    ObjectNode body = RequestBody.object().put("model", model);
    String system =
        prompt.messages().stream()
            .filter(message -> message.role() == Role.SYSTEM)
            .map(Message::content)
            .collect(Collectors.joining("\n\n"));
    if (!system.isEmpty()) {
      body.put("system", system);
    }
    List<Message> said =
        prompt.messages().stream().filter(message -> message.role() != Role.SYSTEM).toList();
    RequestBody.messages(body, said);
    body.put("max_tokens", maxTokens(prompt));
    RequestBody.number(body, "temperature", options.temperature());
    RequestBody.number(body, "top_p", options.topP());
    RequestBody.texts(body, "stop_sequences", options.stop());
    body.put("stream", true);
    RequestBody.more(body, options.more());
    return new UpstreamRequest(
        endpoint.resolve("/v1/messages"),
        UpstreamRequest.EVENT_STREAM,
        Provider.ANTHROPIC.headers(endpoint),
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
    return new AnthropicChunk();
  }

  /** This server wants one: where the settings give none, what the prompt leaves for the answer. */
  private int maxTokens(Prompt prompt) {
    if (options.maxTokens() != null) {
      return options.maxTokens();
    }
    int reserve = prompt.ledger().reserve();
    return reserve > 0 ? reserve : LONGEST_ANSWER;
  }
}
