package dev.ragstream.config;

import dev.ragstream.core.ProxyAddress;
import dev.ragstream.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which model answers; a part of the table of {@link Settings}. */
public record LlmSettings(
    @Key(
            value =
                "`extractive` (the best sentences of the passages, in process), `openai:NAME` (any"
                    + " server that speaks OpenAI's chat completions), `deepseek:NAME`,"
                    + " `anthropic:NAME`, `gemini:NAME`, `ollama:NAME`, `custom:NAME` (a server that"
                    + " `llm.request` and `llm.response` describe) or `replay:FILE` (a cassette).",
            standard = "extractive",
            starter = true)
        ModelName model,
    @Key(value = "Address of the model's server.", example = "http://localhost:8000/v1")
        @Nullable URI baseUrl,
    @Key(
            value = "Key of the model's server, best taken from the environment.",
            example = "${OPENAI_API_KEY}")
        @Nullable Secret apiKey,
    @Key(
            value =
                "Where a model may think inside its text: `tags` (the text begins with `<think>`),"
                    + " `open` (it begins thinking, with or without that tag), `none`, or `auto`"
                    + " (`tags`; for reasoning models such as deepseek-r1 the tag may be missing,"
                    + " and the text is held until `</think>` tells what it was).",
            standard = "auto")
        Thinking thinking,
    @Key(value = "Further headers for the model's server.", example = "{X-Team: \"${TEAM_TOKEN}\"}")
        Map<String, Secret> headers,
    @Key(
            value =
                "HTTP proxy on the way to the model's server; not set: `HTTPS_PROXY` or"
                    + " `HTTP_PROXY`, unless `NO_PROXY` names the server.",
            example = "http://proxy.example:3128")
        @Nullable ProxyAddress proxy,
    @Key(value = "How long a connection may take.", standard = "10s") Duration connectTimeout,
    @Key(value = "How long the answer may be awaited.", standard = "120s")
        Duration firstTokenTimeout,
    @Key(value = "How long the server may be silent within it.", standard = "120s")
        Duration idleTimeout,
    @Key(
            value =
                "The body that a `custom:` model is asked with, as a Mustache template of JSON;"
                    + " every value stands between quotation marks. It knows `model`, `system`,"
                    + " `prompt` (all but the system text), `messages` with `role` and `content`,"
                    + " and `temperature`, `topP`, `maxTokens`, `seed` where they are set.",
            example = "'{\"input\": \"{{prompt}}\", \"stream\": true}'")
        @Nullable String request,
    @Section("How the model words its answer; what is not set is left to its server.")
        Options options,
    @Section("Where the answer of a `custom:` model stands, as JSON pointers.") Response response) {

  /**
   * The same with another model; what is for a server stays behind where it is for that of another
   * provider. Beside a model without a server it can only be for the other ones.
   */
  public LlmSettings with(ModelName other) {
    boolean same = other.provider() == model.provider() || !model.provider().hasServer();
    return new LlmSettings(
        other,
        same ? baseUrl : null,
        same ? apiKey : null,
        thinking,
        same ? headers : Map.of(),
        same ? proxy : null,
        connectTimeout,
        firstTokenTimeout,
        idleTimeout,
        same ? request : null,
        options,
        response);
  }

  /** How a model words its answer. */
  public record Options(
      @Key(value = "How freely it words its answer.", example = "0.2", min = 0, max = 2)
          @Nullable Double temperature,
      @Key(
              value = "The share of likeliest words that it draws from.",
              example = "0.9",
              min = 0,
              max = 1)
          @Nullable Double topP,
      @Key(value = "Longest answer in tokens.", example = "1024", min = 1, max = 2_000_000)
          @Nullable Integer maxTokens,
      @Key(value = "Makes answers repeatable, where the server knows how.", example = "7")
          @Nullable Integer seed,
      @Key(value = "Texts before which the answer ends.", example = "[END]") List<String> stop,
      @Key(
              value =
                  "Further fields of the request as the provider names them; a value that is JSON"
                      + " is sent as such, and null leaves a field out.",
              example = "{top_k: 40}")
          Map<String, String> more) {}

  /** Where a model may think inside its text. */
  public enum Thinking {
    AUTO,
    TAGS,
    OPEN,
    NONE
  }

  /** Where the answer of a server stands. */
  public record Response(
      @Key(
              value = "How the answer is cut: server-sent events, or a line of JSON each.",
              standard = "sse")
          Framing frames,
      @Key(value = "A piece of the answer.", example = "/delta/text") @Nullable JsonPointer text,
      @Key(value = "A piece of the reasoning.", example = "/delta/thinking")
          @Nullable JsonPointer reasoning,
      @Key(
              value =
                  "What says that the answer is whole: true, or the reason as a text; not set:"
                      + " `data: [DONE]` alone.",
              example = "/finish_reason")
          @Nullable JsonPointer end,
      @Key(value = "How many tokens the server read.", example = "/usage/input")
          @Nullable JsonPointer promptTokens,
      @Key(value = "How many tokens it wrote.", example = "/usage/output")
          @Nullable JsonPointer completionTokens) {}

  /** How an answer is cut. */
  public enum Framing {
    SSE,
    LINES
  }
}
