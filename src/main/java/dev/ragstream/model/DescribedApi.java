package dev.ragstream.model;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Prompt;
import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.UpstreamRequest;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/**
 * A server of none of the known kinds, which the user describes. It is asked at the very address of
 * the endpoint.
 *
 * @param model what the body's template is told as {@code model}
 * @param body makes the JSON that is posted, from {@code model}, {@code system}, {@code prompt},
 *     {@code messages} and the options that are set; must escape each value for a JSON string
 */
public record DescribedApi(
    String model,
    Endpoint endpoint,
    ChatOptions options,
    ThinkTags thinkTags,
    Function<Map<String, Object>, String> body,
    AnswerPlaces places)
    implements ChatApi {

  @Override
  public String name() {
    return "custom:" + model;
  }

  @Override
  public UpstreamRequest request(Prompt prompt) {
    ObjectNode json = parsed(body.apply(values(prompt)));
    RequestBody.more(json, options.more());
    return new UpstreamRequest(
        endpoint.baseUrl(),
        places.lines() ? LineFrames.MEDIA_TYPE : UpstreamRequest.EVENT_STREAM,
        endpoint.bearerHeaders(),
        json.toString());
  }

  @Override
  public Frames frames(InputStream body) {
    return places.lines() ? new LineFrames(body) : new EventStreamReader(body);
  }

  @Override
  public ChunkReader chunks() {
    return new DescribedChunk(places);
  }

  private Map<String, Object> values(Prompt prompt) {
    List<Message> messages = prompt.messages();
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("model", model);
    values.put("system", joined(messages, role -> role == Role.SYSTEM));
    values.put("prompt", joined(messages, role -> role != Role.SYSTEM));
    values.put("messages", messages.stream().map(DescribedApi::value).toList());
    put(values, "temperature", options.temperature());
    put(values, "topP", options.topP());
    put(values, "maxTokens", options.maxTokens());
    put(values, "seed", options.seed());
    return values;
  }

  private static void put(Map<String, Object> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  private static Map<String, Object> value(Message message) {
    return Map.of(
        "role", message.role().name().toLowerCase(Locale.ROOT), "content", message.content());
  }

  private static String joined(List<Message> messages, Predicate<Role> which) {
    return messages.stream()
        .filter(message -> which.test(message.role()))
        .map(Message::content)
        .collect(Collectors.joining("\n\n"));
  }

  private static ObjectNode parsed(String json) {
    try {
      return RequestBody.parsed(json);
    } catch (JacksonException e) {
      throw new FailureException(
          Failure.Kind.TEMPLATE,
          "llm.request does not make a JSON object: %s (line %d, column %d)"
              .formatted(
                  e.getOriginalMessage(),
                  e.getLocation().getLineNr(),
                  e.getLocation().getColumnNr()),
          "write each value as \"{{name}}\", with a comma between members and none after the last");
    }
  }
}
