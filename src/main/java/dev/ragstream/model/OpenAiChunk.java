package dev.ragstream.model;

import dev.ragstream.core.Usage;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads {@code chat.completion.chunk} objects one after the other, without building a tree. What is
 * unknown is skipped, what has an unexpected type counts as absent; finish reason and usage stay
 * until a later chunk names others.
 */
final class OpenAiChunk {

  private static final JsonFactory JSON = new JsonFactory();

  private String text = "";
  private String reasoning = "";
  private @Nullable String finishReason;
  private Usage usage = Usage.UNKNOWN;
  private boolean error;

  /**
   * Reads the next chunk from UTF-8.
   *
   * @throws tools.jackson.core.JacksonException where it is no JSON
   */
  void read(byte[] bytes, int offset, int length) {
    text = "";
    reasoning = "";
    error = false;
    try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), bytes, offset, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        json.skipChildren();
        return;
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        JsonToken value = json.nextToken();
        switch (name) {
          case "choices" -> choices(json, value);
          case "usage" -> usage(json, value);
          case "error" -> {
            error = value != JsonToken.VALUE_NULL;
            json.skipChildren();
          }
          default -> json.skipChildren();
        }
      }
    }
  }

  /** The piece of the answer; may be empty. */
  String text() {
    return text;
  }

  /** The piece of the reasoning; may be empty. */
  String reasoning() {
    return reasoning;
  }

  /** Null as long as none came. */
  @Nullable String finishReason() {
    return finishReason;
  }

  Usage usage() {
    return usage;
  }

  /** Whether the chunk is an error instead. */
  boolean isError() {
    return error;
  }

  private void choices(JsonParser json, JsonToken value) {
    if (value != JsonToken.START_ARRAY) {
      json.skipChildren();
      return;
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() == JsonToken.START_OBJECT) {
        choice(json);
      } else {
        json.skipChildren();
      }
    }
  }

  /** Of several choices, only the first is the answer. */
  private void choice(JsonParser json) {
    boolean first = true;
    String textBefore = text;
    String reasoningBefore = reasoning;
    String finishBefore = finishReason;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken value = json.nextToken();
      switch (name) {
        case "index" -> first = value != JsonToken.VALUE_NUMBER_INT || json.getIntValue() == 0;
        case "delta" -> delta(json, value);
        case "finish_reason" -> finish(json, value);
        default -> json.skipChildren();
      }
    }
    if (!first) {
      text = textBefore;
      reasoning = reasoningBefore;
      finishReason = finishBefore;
    }
  }

  private void finish(JsonParser json, JsonToken value) {
    String reason = string(json, value);
    if (reason != null && !reason.isEmpty()) {
      finishReason = reason;
    }
  }

  private void delta(JsonParser json, JsonToken value) {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      JsonToken field = json.nextToken();
      switch (name) {
        case "content", "refusal" -> text = stringOr(text, json, field);
        // Some servers send the same reasoning under both names.
        case "reasoning_content", "reasoning" -> reasoning = stringOr(reasoning, json, field);
        default -> json.skipChildren();
      }
    }
  }

  private void usage(JsonParser json, JsonToken value) {
    if (value != JsonToken.START_OBJECT) {
      json.skipChildren();
      return;
    }
    int promptTokens = -1;
    int completionTokens = -1;
    for (String name = json.nextName(); name != null; name = json.nextName()) {
      boolean count = json.nextToken() == JsonToken.VALUE_NUMBER_INT;
      switch (name) {
        case "prompt_tokens" -> promptTokens = count ? json.getIntValue() : -1;
        case "completion_tokens" -> completionTokens = count ? json.getIntValue() : -1;
        default -> json.skipChildren();
      }
    }
    usage = new Usage(promptTokens, completionTokens);
  }

  private static String stringOr(String absent, JsonParser json, JsonToken value) {
    String found = string(json, value);
    return found == null || found.isEmpty() ? absent : found;
  }

  private static @Nullable String string(JsonParser json, JsonToken value) {
    if (value == JsonToken.VALUE_STRING) {
      return json.getString();
    }
    json.skipChildren();
    return null;
  }
}
