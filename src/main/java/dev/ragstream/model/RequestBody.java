package dev.ragstream.model;

import dev.ragstream.core.Message;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Puts together the JSON that models are asked with. */
final class RequestBody {

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  private RequestBody() {}

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * Reads an object.
   *
   * @throws JacksonException where it is none
   */
  static ObjectNode parsed(String json) {
    return JSON.readValue(json, ObjectNode.class);
  }

  /** Adds the messages, each with its role and content. */
  static void messages(ObjectNode body, List<Message> messages) {
    for (Message message : messages) {
      body.withArray("messages")
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.content());
    }
  }

  static void number(ObjectNode target, String name, @Nullable Double value) {
    if (value != null) {
      target.put(name, value);
    }
  }

  static void number(ObjectNode target, String name, @Nullable Integer value) {
    if (value != null) {
      target.put(name, value);
    }
  }

  static void number(ObjectNode target, String name, @Nullable Long value) {
    if (value != null) {
      target.put(name, value);
    }
  }

  static void texts(ObjectNode target, String name, List<String> values) {
    if (!values.isEmpty()) {
      values.forEach(target.putArray(name)::add);
    }
  }

  /** Adds options as they were written; one that stands there already is replaced, null removes. */
  static void more(ObjectNode target, Map<String, String> options) {
    options.forEach((name, value) -> more(target, name, value));
  }

  static void more(ObjectNode target, String name, String value) {
    JsonNode json = json(value);
    if (json.isNull()) {
      target.remove(name);
    } else {
      target.set(name, json);
    }
  }

  private static JsonNode json(String value) {
    try {
      JsonNode json = JSON.readTree(value);
      return json.isMissingNode() ? JsonNodeFactory.instance.stringNode(value) : json;
    } catch (JacksonException e) {
      return JsonNodeFactory.instance.stringNode(value);
    }
  }
}
