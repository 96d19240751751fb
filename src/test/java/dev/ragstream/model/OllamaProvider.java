package dev.ragstream.model;

import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;

/** Ollama's {@code /api/chat}. */
final class OllamaProvider implements ProviderFixture {

  @Override
  public String name() {
    return "Ollama";
  }

  @Override
  public ChatApi api(String model, Endpoint endpoint) {
    return new OllamaApi(model, endpoint, ChatOptions.DEFAULTS);
  }

  @Override
  public String path() {
    return "/api/chat";
  }

  @Override
  public String keyVariable() {
    return Provider.OLLAMA.keyVariable();
  }

  @Override
  public boolean sendsEvents() {
    return false;
  }

  @Override
  public String text(String piece) {
    return line(
        """
        {"model":"test-model","created_at":"2026-03-01T12:00:00.1Z",\
        "message":{"role":"assistant","content":"%s"},"done":false}\
        """
            .formatted(piece));
  }

  @Override
  public String reasoning(String piece) {
    return line(
        """
        {"model":"test-model","created_at":"2026-03-01T12:00:00.1Z",\
        "message":{"role":"assistant","content":"","thinking":"%s"},"done":false}\
        """
            .formatted(piece));
  }

  @Override
  public String end() {
    return line(
        """
        {"model":"test-model","created_at":"2026-03-01T12:00:01Z",\
        "message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",\
        "total_duration":4883583458,"load_duration":1334875,"prompt_eval_count":12,\
        "prompt_eval_duration":342546000,"eval_count":5,"eval_duration":4535599000}\
        """);
  }

  /** It comes with the marker alone. */
  @Override
  public String finishReason() {
    return "";
  }

  @Override
  public String marker() {
    return line("{\"model\":\"test-model\",\"done\":true}");
  }

  @Override
  public String oddities() {
    return line("{}")
        + line("[1]")
        + line("")
        + line("{\"message\":null,\"error\":null,\"done\":null}")
        + line("{\"message\":{\"content\":null,\"thinking\":7,\"images\":[]},\"done\":false}")
        + line(
            """
            {"message":{"role":"assistant","content":"","tool_calls":[{"function":\
            {"name":"look","arguments":{"content":"no"}}}]},"done":false}\
            """);
  }

  @Override
  public String error(String message) {
    return line(refusal(message));
  }

  @Override
  public String refusal(String message) {
    return "{\"error\":\"%s\"}".formatted(message);
  }

  @Override
  public String wholeResponse() {
    return "{\"models\":[{\"name\":\"test-model\",\"size\":1}]}";
  }

  private static String line(String json) {
    return json + "\n";
  }
}
