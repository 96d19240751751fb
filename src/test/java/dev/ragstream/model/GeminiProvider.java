package dev.ragstream.model;

import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;

/** Gemini's {@code streamGenerateContent}. */
final class GeminiProvider implements ProviderFixture {

  @Override
  public String name() {
    return "Gemini";
  }

  @Override
  public ChatApi api(String model, Endpoint endpoint) {
    return new GeminiApi(model, endpoint, ChatOptions.DEFAULTS);
  }

  @Override
  public boolean mayLackOpener() {
    return false;
  }

  @Override
  public String path() {
    return "/models/test-model:streamGenerateContent";
  }

  @Override
  public String keyVariable() {
    return Provider.GEMINI.keyVariable();
  }

  @Override
  public boolean sendsEvents() {
    return true;
  }

  @Override
  public String text(String piece) {
    return parts("{\"text\":\"" + piece + "\"}");
  }

  /** That it is a thought may stand before the text or after it. */
  @Override
  public String reasoning(String piece) {
    return parts("{\"text\":\"" + piece + "\",\"thought\":true}");
  }

  @Override
  public String end() {
    return event(
        """
        {"candidates":[{"content":{"parts":[{"text":""}],"role":"model"},\
        "finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":12,\
        "candidatesTokenCount":2,"totalTokenCount":17,"thoughtsTokenCount":3},\
        "modelVersion":"test-model"}\
        """);
  }

  @Override
  public String finishReason() {
    return event("{\"candidates\":[{\"finishReason\":\"STOP\",\"index\":0}]}");
  }

  /** The finish reason is the only one. */
  @Override
  public String marker() {
    return "";
  }

  @Override
  public String oddities() {
    return event("{}")
        + event("[1]")
        + event("{\"candidates\":[],\"error\":null,\"promptFeedback\":{\"safetyRatings\":[]}}")
        + event("{\"candidates\":[null,7,{\"content\":null},{\"content\":{\"parts\":null}}]}")
        + event("{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"no\"}]},\"index\":1}]}")
        + parts("{\"text\":null},{\"thoughtSignature\":\"EqQBCgIYAhIM\"}")
        + parts("{\"functionCall\":{\"name\":\"look\",\"args\":{\"text\":\"no\"}}}")
        + event("{\"usageMetadata\":{\"promptTokenCount\":12,\"totalTokenCount\":12}}");
  }

  @Override
  public String error(String message) {
    return event(refusal(message));
  }

  @Override
  public String refusal(String message) {
    return "{\"error\":{\"code\":\"c-7\",\"message\":\"%s\",\"status\":\"t-8\"}}"
        .formatted(message);
  }

  @Override
  public String wholeResponse() {
    return "[{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Yes\"}]}}]}]";
  }

  private static String parts(String parts) {
    return event(
        """
        {"candidates":[{"content":{"parts":[%s],"role":"model"},"index":0}],\
        "modelVersion":"test-model"}\
        """
            .formatted(parts));
  }

  private static String event(String data) {
    return "data: " + data + "\n\n";
  }
}
