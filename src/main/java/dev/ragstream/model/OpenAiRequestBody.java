package dev.ragstream.model;

import dev.ragstream.core.Message;
import java.io.StringWriter;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the JSON that a chat completion is asked for with. */
final class OpenAiRequestBody {

  private static final JsonFactory JSON = new JsonFactory();

  private OpenAiRequestBody() {}

  /**
   * @param lengthField what the server calls the longest answer in tokens
   */
  static String of(String model, List<Message> messages, ChatOptions options, String lengthField) {
    StringWriter body = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), body)) {
      json.writeStartObject();
      json.writeStringProperty("model", model);
      json.writeArrayPropertyStart("messages");
      for (Message message : messages) {
        json.writeStartObject();
        json.writeStringProperty("role", role(message.role()));
        json.writeStringProperty("content", message.content());
        json.writeEndObject();
      }
      json.writeEndArray();
      options(json, options, lengthField);
      json.writeBooleanProperty("stream", true);
      json.writeObjectPropertyStart("stream_options");
      json.writeBooleanProperty("include_usage", true);
      json.writeEndObject();
      json.writeEndObject();
    }
    return body.toString();
  }

  private static void options(JsonGenerator json, ChatOptions options, String lengthField) {
    if (options.temperature() != null) {
      json.writeNumberProperty("temperature", options.temperature());
    }
    if (options.topP() != null) {
      json.writeNumberProperty("top_p", options.topP());
    }
    if (options.maxTokens() != null) {
      json.writeNumberProperty(lengthField, options.maxTokens());
    }
    if (options.seed() != null) {
      json.writeNumberProperty("seed", options.seed());
    }
  }

  private static String role(Message.Role role) {
    return switch (role) {
      case SYSTEM -> "system";
      case USER -> "user";
      case ASSISTANT -> "assistant";
    };
  }
}
