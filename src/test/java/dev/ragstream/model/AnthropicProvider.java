package dev.ragstream.model;

import dev.ragstream.upstream.Endpoint;
import dev.ragstream.upstream.Provider;

/** Anthropic's messages. */
final class AnthropicProvider implements ProviderFixture {

  @Override
  public String name() {
    return "Anthropic";
  }

  @Override
  public ChatApi api(String model, Endpoint endpoint) {
    return new AnthropicApi(model, endpoint, ChatOptions.DEFAULTS);
  }

  @Override
  public boolean mayLackOpener() {
    return false;
  }

  @Override
  public String path() {
    return "/v1/messages";
  }

  @Override
  public String keyVariable() {
    return Provider.ANTHROPIC.keyVariable();
  }

  @Override
  public boolean sendsEvents() {
    return true;
  }

  @Override
  public String opening() {
    return event(
            "message_start",
            """
            {"type":"message_start","message":{"id":"msg_1","type":"message","role":"assistant",\
            "content":[],"model":"test-model","stop_reason":null,"stop_sequence":null,\
            "usage":{"input_tokens":10,"cache_creation_input_tokens":0,\
            "cache_read_input_tokens":2,"output_tokens":1}}}\
            """)
        + event(
            "content_block_start",
            """
            {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}\
            """);
  }

  @Override
  public String text(String piece) {
    return delta("text_delta", "text", piece);
  }

  @Override
  public String reasoning(String piece) {
    return delta("thinking_delta", "thinking", piece);
  }

  @Override
  public String end() {
    return event("content_block_stop", "{\"type\":\"content_block_stop\",\"index\":0}")
        + finishReason()
        + marker();
  }

  @Override
  public String finishReason() {
    return event(
        "message_delta",
        """
        {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},\
        "usage":{"output_tokens":5}}\
        """);
  }

  @Override
  public String marker() {
    return event("message_stop", "{\"type\":\"message_stop\"}");
  }

  @Override
  public String oddities() {
    return event("ping", "{\"type\":\"ping\"}")
        + event("new_kind", "{\"type\":\"new_kind\",\"delta\":null}")
        + event("new_kind", "{}")
        + event("new_kind", "[1]")
        + event(
            "content_block_start",
            """
            {"type":"content_block_start","index":1,"content_block":\
            {"type":"tool_use","id":"t1","name":"look","input":{}}}\
            """)
        + delta("input_json_delta", "partial_json", "{}")
        + delta("signature_delta", "signature", "EqQBCgIYAhIM")
        + event(
            "content_block_delta",
            """
            {"type":"content_block_delta","index":0,"delta":\
            {"type":"citations_delta","citation":{"cited_text":"no","text":"no"}}}\
            """)
        + event(
            "content_block_delta",
            """
            {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":null}}\
            """);
  }

  @Override
  public String error(String message) {
    return event("error", refusal(message));
  }

  @Override
  public String refusal(String message) {
    return "{\"type\":\"error\",\"error\":{\"type\":\"t-8\",\"code\":\"c-7\",\"message\":\"%s\"}}"
        .formatted(message);
  }

  @Override
  public String wholeResponse() {
    return """
    {"id":"msg_1","type":"message","role":"assistant","content":[{"type":"text","text":"Yes"}]}\
    """;
  }

  private static String delta(String type, String field, String piece) {
    return event(
        "content_block_delta",
        """
        {"type":"content_block_delta","index":0,"delta":{"type":"%s","%s":"%s"}}\
        """
            .formatted(type, field, piece));
  }

  private static String event(String name, String data) {
    return "event: " + name + "\ndata: " + data + "\n\n";
  }
}
