package dev.ragstream.cli;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads what was said before, in the form that front ends send it. */
final class HistoryFile {

  private static final JsonMapper MAPPER = new JsonMapper();

  private HistoryFile() {}

  static List<Message> read(Path file) {
    if (!Files.isReadable(file)) {
      throw failure("there is no readable file " + file);
    }
    try {
      JsonNode root = MAPPER.readTree(file);
      JsonNode turns = root.isObject() ? root.path("history") : root;
      if (!turns.isArray()) {
        throw failure(file + " holds no list of messages");
      }
      List<Message> messages = new ArrayList<>();
      for (JsonNode turn : turns) {
        messages.add(message(file, turn));
      }
      return messages;
    } catch (JacksonException e) {
      throw failure(file + " is not valid JSON, as line " + e.getLocation().getLineNr() + " shows");
    }
  }

  /** What {@link #read} reads. */
  static String text(List<Message> messages) {
    ArrayNode turns = JsonNodeFactory.instance.arrayNode();
    for (Message message : messages) {
      turns
          .addObject()
          .put("role", message.role().name().toLowerCase(Locale.ROOT))
          .put("content", message.content());
    }
    return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(turns) + "\n";
  }

  private static Message message(Path file, JsonNode turn) {
    if (!turn.path("content").isString()) {
      throw failure("a message in " + file + " has no text 'content'");
    }
    String role = turn.path("role").asString("");
    Message.Role who =
        switch (role) {
          case "user" -> Message.Role.USER;
          case "assistant", "assist" -> Message.Role.ASSISTANT;
          default -> throw failure("a message in " + file + " has the role '" + role + "'");
        };
    return new Message(who, turn.path("content").stringValue());
  }

  private static FailureException failure(String problem) {
    return new FailureException(
        Failure.Kind.USAGE,
        problem,
        "write [{\"role\": \"user\", \"content\": \"…\"}, {\"role\": \"assistant\", \"content\": \"…\"}]");
  }
}
