package dev.ragstream.model;

import dev.ragstream.template.RequestTemplate;
import dev.ragstream.upstream.Endpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server of none of the known kinds, as its user describes it. */
final class DescribedProvider implements ProviderFixture {

  private static final String REQUEST =
      """
      {"model": "{{model}}", "turns": [{{#messages}}{"by": "{{role}}", "text": "{{content}}"},\
      {{/messages}}null]}
      """;

  private static final String TEXT = "/output/*/text";
  private static final String REASONING = "/output/*/thought";
  private static final String END = "/state/end";
  private static final String PROMPT_TOKENS = "/state/tokens/0";
  private static final String COMPLETION_TOKENS = "/state/tokens/1";

  /** As its models are named before the colon. */
  @Override
  public String name() {
    return "custom";
  }

  @Override
  public ChatApi api(String model, Endpoint endpoint) {
    return new DescribedApi(
        model,
        endpoint,
        ChatOptions.DEFAULTS,
        ThinkTags.usual(model),
        new RequestTemplate("llm.request", REQUEST)::render,
        new AnswerPlaces(false, TEXT, REASONING, END, PROMPT_TOKENS, COMPLETION_TOKENS));
  }

  /** The address is the whole of it. */
  @Override
  public String path() {
    return "";
  }

  @Override
  public @Nullable String keyVariable() {
    return null;
  }

  @Override
  public Map<String, String> settings() {
    return Map.of(
        "llm.request", REQUEST,
        "llm.response.text", TEXT,
        "llm.response.reasoning", REASONING,
        "llm.response.end", END,
        "llm.response.promptTokens", PROMPT_TOKENS,
        "llm.response.completionTokens", COMPLETION_TOKENS);
  }

  @Override
  public boolean sendsEvents() {
    return true;
  }

  @Override
  public String opening() {
    return event("{\"state\":{\"end\":null,\"tokens\":[12]}}");
  }

  @Override
  public String text(String piece) {
    return event("{\"output\":[{\"kind\":\"text\",\"text\":\"" + piece + "\"}]}");
  }

  @Override
  public String reasoning(String piece) {
    return event("{\"output\":[{\"kind\":\"thought\",\"thought\":\"" + piece + "\"}]}");
  }

  @Override
  public String end() {
    return event("{\"state\":{\"end\":\"stop\",\"tokens\":[12,5]}}") + marker();
  }

  @Override
  public String finishReason() {
    return event("{\"state\":{\"end\":\"stop\"}}");
  }

  @Override
  public String marker() {
    return event("{\"state\":{\"end\":true}}");
  }

  @Override
  public String oddities() {
    return event("{}")
        + event("[1]")
        + event("{\"error\":null,\"output\":null,\"state\":null}")
        + event("{\"output\":[],\"state\":{\"end\":false,\"tokens\":{}}}")
        + event("{\"output\":[null,7,{\"text\":null},{\"text\":[\"no\"],\"thought\":7}]}")
        + event("{\"output\":{\"text\":\"no\"},\"text\":\"no\"}")
        + event("{\"output\":[{\"kind\":\"call\",\"call\":{\"text\":\"no\"}}]}");
  }

  @Override
  public String error(String message) {
    return event(refusal(message));
  }

  @Override
  public String refusal(String message) {
    return "{\"error\":\"" + message + "\"}";
  }

  @Override
  public String wholeResponse() {
    return "{\"answer\":\"Yes\"}";
  }

  private static String event(String data) {
    return "data: " + data + "\n\n";
  }
}
