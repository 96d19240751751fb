package dev.ragstream.server;

import dev.ragstream.core.Message;
import io.javalin.http.ContentTooLargeResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON object that a client sent, looked at field by field. */
record Body(JsonNode object) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /** No array can be longer. */
  private static final long LONGEST = Integer.MAX_VALUE - 8;

  /**
   * Reads the body of a request.
   *
   * @param most how many bytes it may have
   * @throws ContentTooLargeResponse where it has more
   * @throws RefusedException where it is no JSON object
   */
  static Body of(HttpServletRequest request, long most) throws IOException {
    if (request.getContentLengthLong() > most) {
      throw new ContentTooLargeResponse();
    }
    byte[] bytes = request.getInputStream().readNBytes((int) Math.min(most + 1, LONGEST));
    if (bytes.length > most) {
      throw new ContentTooLargeResponse();
    }
    return parse(bytes);
  }

  /**
   * Parses a body.
   *
   * @throws RefusedException where it is no JSON object
   */
  static Body parse(byte[] json) {
    try {
      return of(MAPPER.readTree(json));
    } catch (JacksonException e) {
      throw invalid("the request is not valid JSON" + place(e));
    }
  }

  static Body parse(String json) {
    try {
      return of(MAPPER.readTree(json));
    } catch (JacksonException e) {
      throw invalid("the message is not valid JSON" + place(e));
    }
  }

  private static Body of(@Nullable JsonNode root) {
    if (root == null || !root.isObject()) {
      throw invalid("the request is not a JSON object");
    }
    return new Body(root);
  }

  /** The text of a field; null where it is missing, null or empty. */
  @Nullable String text(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (value.isNumber()) {
      return value.asString();
    }
    if (!value.isString()) {
      throw invalid("'" + name + "' is no text", name);
    }
    return value.stringValue().isEmpty() ? null : value.stringValue();
  }

  /** The text of the first of these fields that there is. */
  @Nullable String anyText(String... names) {
    for (String name : names) {
      String text = text(name);
      if (text != null) {
        return text;
      }
    }
    return null;
  }

  /** The question; never blank. */
  String question(String name) {
    JsonNode value = object.path(name);
    if (!value.isString()) {
      throw invalid(
          value.isMissingNode() || value.isNull()
              ? "there is no '" + name + "'"
              : "'" + name + "' is no text",
          name);
    }
    if (value.stringValue().isBlank()) {
      throw invalid("'" + name + "' is blank", name);
    }
    return value.stringValue();
  }

  /** A whole number from 1; null where it is missing. */
  @Nullable Integer count(String name) {
    return count(name, 1);
  }

  /** A whole number from the least one that makes sense; null where it is missing. */
  @Nullable Integer count(String name, int least) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.canConvertToInt() || !value.isIntegralNumber() || value.intValue() < least) {
      throw invalid("'" + name + "' is no whole number from " + least, name);
    }
    return value.intValue();
  }

  /** A number; null where it is missing. */
  @Nullable Double number(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isNumber()) {
      throw invalid("'" + name + "' is no number", name);
    }
    return value.doubleValue();
  }

  /** A number between two others, these included; null where it is missing. */
  @Nullable Double number(String name, int least, int most) {
    Double number = number(name);
    if (number != null && !(number >= least && number <= most)) {
      throw invalid("'" + name + "' is not between " + least + " and " + most, name);
    }
    return number;
  }

  /** A whole number; null where it is missing. */
  @Nullable Long whole(String name) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw invalid("'" + name + "' is no whole number of 64 bits", name);
    }
    return value.longValue();
  }

  boolean flag(String name, boolean standard) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return standard;
    }
    if (!value.isBoolean()) {
      throw invalid("'" + name + "' is neither true nor false", name);
    }
    return value.booleanValue();
  }

  /** What was said before, oldest first, in the form {@code [{role, content}]}. */
  List<Message> history(String name) {
    JsonNode turns = object.path(name);
    if (turns.isMissingNode() || turns.isNull()) {
      return List.of();
    }
    if (!turns.isArray()) {
      throw invalid("'" + name + "' is no list", name);
    }
    List<Message> messages = new ArrayList<>();
    for (JsonNode turn : turns) {
      if (!turn.path("content").isString()) {
        throw invalid("a turn of '" + name + "' has no text 'content'", name);
      }
      messages.add(new Message(role(turn, name), turn.path("content").stringValue()));
    }
    return messages;
  }

  private static Message.Role role(JsonNode turn, String name) {
    return switch (turn.path("role").asString("")) {
      case "user" -> Message.Role.USER;
      case "assistant", "assist" -> Message.Role.ASSISTANT;
      default ->
          throw invalid(
              "a turn of '" + name + "' has a role that is neither user nor assistant", name);
    };
  }

  static RefusedException invalid(String problem) {
    return misformed(problem).exception();
  }

  /** The same because of one field. */
  static RefusedException invalid(String problem, String field) {
    return misformed(problem).about(field).exception();
  }

  private static Refusal misformed(String problem) {
    return new Refusal(400, problem, "see /openapi.json for what this route takes");
  }

  private static String place(JacksonException e) {
    TokenStreamLocation location = e.getLocation();
    return location == null
        ? ""
        : ", as line " + location.getLineNr() + ", column " + location.getColumnNr() + " shows";
  }
}
