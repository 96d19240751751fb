package dev.ragstream.model;

import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;

/** DeepSeek's chat completions: each chunk has both fields, one of them null, and its usage. */
final class DeepSeekProvider implements ProviderFixture {

  @Override
  public String name() {
    return "DeepSeek";
  }

  @Override
  public ChatApi api(String model, Endpoint endpoint) {
    return new OpenAiApi(
        Provider.DEEPSEEK, model, endpoint, ChatOptions.DEFAULTS, ThinkTags.usual(model));
  }

  @Override
  public String path() {
    return "/chat/completions";
  }

  @Override
  public String keyVariable() {
    return Provider.DEEPSEEK.keyVariable();
  }

  @Override
  public boolean sendsEvents() {
    return true;
  }

  /** While the request waits for its turn, comments come. */
  @Override
  public String opening() {
    return ": keep-alive\n\n"
        + chunk(
            """
            {"role":"assistant","content":null,"reasoning_content":""}\
            """,
            "null",
            "null");
  }

  @Override
  public String text(String piece) {
    return chunk("{\"content\":\"" + piece + "\",\"reasoning_content\":null}", "null", "null");
  }

  @Override
  public String reasoning(String piece) {
    return chunk("{\"content\":null,\"reasoning_content\":\"" + piece + "\"}", "null", "null");
  }

  /** The usage comes with the finish reason, in the same chunk. */
  @Override
  public String end() {
    return chunk(
            "{\"content\":\"\",\"reasoning_content\":null}",
            "\"stop\"",
            """
            {"prompt_tokens":12,"completion_tokens":5,"total_tokens":17,\
            "prompt_tokens_details":{"cached_tokens":0},\
            "completion_tokens_details":{"reasoning_tokens":3},\
            "prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":12}\
            """)
        + marker();
  }

  @Override
  public String finishReason() {
    return chunk("{\"content\":\"\",\"reasoning_content\":null}", "\"stop\"", "null");
  }

  @Override
  public String marker() {
    return event("[DONE]");
  }

  @Override
  public String oddities() {
    return ": keep-alive\n\n"
        + event("{}")
        + event("{\"error\":null,\"usage\":null,\"choices\":[]}")
        + chunk("{\"content\":null,\"reasoning_content\":null}", "null", "null")
        + chunk("{\"content\":7,\"reasoning_content\":[\"no\"]}", "null", "null")
        + chunk(
            """
            {"tool_calls":[{"index":0,"id":"t1","type":"function",\
            "function":{"name":"look","arguments":"{\\"content\\":\\"no\\"}"}}]}\
            """,
            "null",
            "null");
  }

  @Override
  public String error(String message) {
    return event(refusal(message));
  }

  @Override
  public String refusal(String message) {
    return """
    {"error":{"message":"%s","type":"t-8","param":null,"code":"c-7"}}\
    """
        .formatted(message);
  }

  @Override
  public String wholeResponse() {
    return """
    {"id":"d1","object":"chat.completion","choices":[{"index":0,\
    "message":{"role":"assistant","content":"Yes","reasoning_content":"Hm."},\
    "finish_reason":"stop"}]}\
    """;
  }

  private static String chunk(String delta, String reason, String usage) {
    return event(
        """
        {"id":"d1","object":"chat.completion.chunk","created":1,"model":"test-model",\
        "system_fingerprint":"fp_1","choices":[{"index":0,"delta":%s,"logprobs":null,\
        "finish_reason":%s}],"usage":%s}\
        """
            .formatted(delta, reason, usage));
  }

  private static String event(String data) {
    return "data: " + data + "\n\n";
  }
}
