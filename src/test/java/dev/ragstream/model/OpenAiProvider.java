package dev.ragstream.model;

import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;

/** OpenAI's chat completions. */
final class OpenAiProvider implements ProviderFixture {

  @Override
  public String name() {
    return "OpenAI";
  }

  @Override
  public ChatApi api(String model, Endpoint endpoint) {
    return new OpenAiApi(model, endpoint, ChatOptions.DEFAULTS);
  }

  @Override
  public String path() {
    return "/chat/completions";
  }

  @Override
  public String keyVariable() {
    return Provider.OPENAI.keyVariable();
  }

  @Override
  public boolean sendsEvents() {
    return true;
  }

  @Override
  public String opening() {
    return event(
        """
        {"id":"c1","object":"chat.completion.chunk","model":"test-model","choices":[{"index":0,\
        "delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}\
        """);
  }

  @Override
  public String text(String piece) {
    return delta("content", piece);
  }

  @Override
  public String reasoning(String piece) {
    return delta("reasoning_content", piece);
  }

  @Override
  public String end() {
    return finishReason()
        + event(
            """
            {"id":"c1","object":"chat.completion.chunk","choices":[],"usage":{"prompt_tokens":12,\
            "completion_tokens":5,"total_tokens":17,\
            "completion_tokens_details":{"reasoning_tokens":3}}}\
            """)
        + marker();
  }

  @Override
  public String finishReason() {
    return event(
        """
        {"id":"c1","object":"chat.completion.chunk",\
        "choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\
        """);
  }

  @Override
  public String marker() {
    return event("[DONE]");
  }

  @Override
  public String oddities() {
    return event("{}")
        + event("[1]")
        + event("{\"error\":null,\"usage\":null,\"choices\":null}")
        + event("{\"choices\":[]}")
        + event("{\"choices\":[null,7,{\"delta\":null},{\"delta\":{\"content\":null}}]}")
        + event("{\"choices\":[{\"delta\":{\"content\":[{\"text\":\"no\"}],\"refusal\":null}}]}")
        + event(
            """
            {"choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"t1","type":"function",\
            "function":{"name":"look","arguments":"{\\"content\\":\\"no\\"}"}}]}}]}\
            """)
        + event("{\"choices\":[{\"index\":1,\"delta\":{\"content\":\"other choice\"}}]}")
        + event("{\"choices\":[],\"usage\":{\"prompt_tokens\":12,\"completion_tokens\":1}}");
  }

  @Override
  public String error(String message) {
    return event(refusal(message));
  }

  @Override
  public String refusal(String message) {
    return "{\"error\":{\"message\":\"%s\",\"code\":\"c-7\",\"type\":\"t-8\"}}".formatted(message);
  }

  @Override
  public String wholeResponse() {
    return "{\"id\":\"c1\",\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":\"Yes\"}}]}";
  }

  private static String delta(String field, String piece) {
    return event(
        """
        {"id":"c1","object":"chat.completion.chunk","created":1,"model":"test-model",\
        "choices":[{"index":0,"delta":{"%s":"%s"},"logprobs":null,"finish_reason":null}]}\
        """
            .formatted(field, piece));
  }

  private static String event(String data) {
    return "data: " + data + "\n\n";
  }
}
