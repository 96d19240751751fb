package dev.ragstream.faults;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Each way in which a client can ask the server a question, as the client sees it. */
enum Wire {
  NATIVE_EVENTS("/stream") {
    @Override
    Message read(String data) {
      return nativeEvent(MAPPER.readTree(data));
    }
  },
  CLASSIC_EVENTS("/stream?wire=classic") {
    @Override
    Message read(String data) {
      JsonNode envelope = MAPPER.readTree(data);
      JsonNode inside = envelope.path("data");
      if (!envelope.path("code").asString().equals("0")) {
        return failed(inside.path("result").asString());
      }
      String text = inside.path("result").path(0).path("answer").asString();
      return inside.path("ext").path("type").asString("").equals("completed")
          ? new Message(text, "completed", "")
          : text(text);
    }
  },
  CHAT_CHUNKS("/v1/chat/completions") {
    @Override
    ObjectNode body(String question) {
      return messages(question).put("stream", true);
    }

    @Override
    Message read(String data) {
      if (data.equals("[DONE]")) {
        return new Message("", "completed", "");
      }
      JsonNode chunk = MAPPER.readTree(data);
      return chunk.has("error")
          ? failed(chunk.path("error").path("message").asString())
          : text(chunk.path("choices").path(0).path("delta").path("content").asString(""));
    }
  },
  CHAT_COMPLETION("/v1/chat/completions") {
    @Override
    ObjectNode body(String question) {
      return messages(question);
    }

    @Override
    Message read(String data) {
      JsonNode body = MAPPER.readTree(data);
      return body.has("error")
          ? failed(body.path("error").path("message").asString())
          : new Message(
              body.path("choices").path(0).path("message").path("content").asString(),
              "completed",
              "");
    }
  },
  UI_MESSAGES("/api/chat") {
    @Override
    ObjectNode body(String question) {
      return messages(question);
    }

    @Override
    Message read(String data) {
      if (data.equals("[DONE]")) {
        return text("");
      }
      JsonNode part = MAPPER.readTree(data);
      return switch (part.path("type").asString()) {
        case "text-delta" -> text(part.path("delta").asString());
        case "finish" -> new Message("", "completed", "");
        case "abort" -> new Message("", "cancelled", "");
        case "error" -> failed(part.path("errorText").asString());
        default -> text("");
      };
    }
  },
  WHOLE_ANSWER("/api/ask") {
    @Override
    Message read(String data) {
      JsonNode body = MAPPER.readTree(data);
      return body.has("problem")
          ? nativeEvent(body)
          : new Message(
              body.path("text").asString(), body.path("ending").path("type").asString(), "");
    }
  },
  NATIVE_FRAMES("/ws_chat") {
    @Override
    Message read(String data) {
      return nativeEvent(MAPPER.readTree(data));
    }
  },
  CLASSIC_FRAMES("/ws_chat?wire=classic") {
    @Override
    Message read(String data) {
      if (data.equals("{\"text\":\"messageend\"}")) {
        return new Message("", "completed", "");
      }
      if (data.startsWith("{\"msg\":\"") && data.contains("\"code\":\"-1\"")) {
        return failed(MAPPER.readTree(data).path("msg").asString());
      }
      String piece = data.substring(data.indexOf("data: {") + "data: ".length());
      return text(
          MAPPER
              .readTree(piece)
              .path("choices")
              .path(0)
              .path("delta")
              .path("content")
              .asString(""));
    }
  };

  private static final JsonMapper MAPPER = new JsonMapper();

  final String path;

  Wire(String path) {
    this.path = path;
  }

  /**
   * What a message says.
   *
   * @param ending how the answer ended: {@code completed}, {@code cancelled}, {@code failed}; null:
   *     this is no end
   * @param told why it failed
   */
  record Message(String text, @Nullable String ending, String told) {}

  /** An answer on its way; closing it is leaving. */
  interface Hearing extends AutoCloseable {

    /** The next message; null where none comes any more. */
    @Nullable Message next() throws IOException;

    /** Waits for the end of a WebSocket: the status after a comma; empty for other wires. */
    default String closing() throws IOException {
      return "";
    }

    @Override
    void close() throws IOException;
  }

  abstract Message read(String data);

  ObjectNode body(String question) {
    return JsonNodeFactory.instance.objectNode().put("question", question);
  }

  /** Whether the answer comes in one piece when it is over. */
  boolean isWhole() {
    return this == CHAT_COMPLETION || this == WHOLE_ANSWER;
  }

  boolean isSocket() {
    return this == NATIVE_FRAMES || this == CLASSIC_FRAMES;
  }

  Hearing ask(int port, String question) throws IOException {
    return ask(port, question, "");
  }

  /**
   * Asks on a connection of its own.
   *
   * @param headers further header lines, each with its line feed; not for WebSockets
   */
  Hearing ask(int port, String question, String headers) throws IOException {
    String body = MAPPER.writeValueAsString(body(question));
    if (isSocket()) {
      RawSocket socket = RawSocket.open(port, path);
      socket.say(body);
      return new FramesHeard(this, socket);
    }
    Exchange exchange =
        Exchange.post(port, path, headers, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    return isWhole() ? new BodyHeard(this, exchange) : new EventsHeard(this, exchange);
  }

  private static Message text(String text) {
    return new Message(text, null, "");
  }

  private static Message failed(String told) {
    return told.startsWith("cancelled") || told.startsWith("the answer was cancelled")
        ? new Message("", "cancelled", told)
        : new Message("", "failed", told);
  }

  private static Message nativeEvent(JsonNode event) {
    return switch (event.path("type").asString()) {
      case "text" -> text(event.path("text").asString());
      case "completed" -> new Message("", "completed", "");
      case "cancelled" -> new Message("", "cancelled", "");
      case "failed" ->
          new Message(
              "",
              "failed",
              event.path("problem").asString() + "; " + event.path("remedy").asString());
      default -> text("");
    };
  }

  private static ObjectNode messages(String question) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.putArray("messages").addObject().put("role", "user").put("content", question);
    return body;
  }

  /** An answer that failed before there was any of it. */
  private static @Nullable Message readRefusal(Wire wire, Exchange exchange) throws IOException {
    String body = exchange.rest();
    if (body.isEmpty()) {
      return null;
    }
    return body.startsWith("{\"error\"") ? wire.read(body) : nativeEvent(MAPPER.readTree(body));
  }

  private record EventsHeard(Wire wire, Exchange exchange) implements Hearing {

    @Override
    public @Nullable Message next() throws IOException {
      if (exchange.status() != 200) {
        return readRefusal(wire, exchange);
      }
      String line = exchange.line();
      while (line != null && !line.startsWith("data: ")) {
        line = exchange.line();
      }
      return line == null ? null : wire.read(line.substring("data: ".length()));
    }

    @Override
    public void close() throws IOException {
      exchange.close();
    }
  }

  private record BodyHeard(Wire wire, Exchange exchange) implements Hearing {

    @Override
    public @Nullable Message next() throws IOException {
      return exchange.status() == 200 ? readWhole(wire, exchange) : readRefusal(wire, exchange);
    }

    private static @Nullable Message readWhole(Wire wire, Exchange exchange) throws IOException {
      String body = exchange.rest();
      return body.isEmpty() ? null : wire.read(body);
    }

    @Override
    public void close() throws IOException {
      exchange.close();
    }
  }

  /** The socket stays open: an answer is over when a question that is none is answered instead. */
  private static final class FramesHeard implements Hearing {

    private static final String NO_QUESTION = "there is no 'question'";

    private final Wire wire;
    private final RawSocket socket;

    FramesHeard(Wire wire, RawSocket socket) {
      this.wire = wire;
      this.socket = socket;
    }

    @Override
    public @Nullable Message next() throws IOException {
      String frame = socket.hear();
      if (frame == null || frame.contains(NO_QUESTION)) {
        return null;
      }
      Message message = wire.read(frame);
      if (message.ending() != null) {
        try {
          socket.say("{}");
        } catch (IOException e) {
          // the server has gone, and said so
        }
      }
      return message;
    }

    @Override
    public String closing() throws IOException {
      while (socket.hear() != null) {
        // said before the end
      }
      return ", " + socket.closeStatus();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
