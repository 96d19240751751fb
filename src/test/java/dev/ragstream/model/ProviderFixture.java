package dev.ragstream.model;

import dev.ragstream.upstream.Endpoint;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one kind of provider sends, in its own spelling, so that a test of streams can run with each
 * of them. Frames come with the blank line or line feed that ends them, all lines end with LF.
 * Texts are put between quotation marks as they are: JSON's escapes are up to the test.
 */
public interface ProviderFixture {

  /** As people call it. */
  String name();

  /** The provider's way to be asked for a model. */
  ChatApi api(String model, Endpoint endpoint);

  /** The provider's way to be asked for {@code test-model}. */
  default ChatApi api(Endpoint endpoint) {
    return api("test-model", endpoint);
  }

  /** What is asked, below the base address. */
  String path();

  /** The environment variable of the key; null where there is none of this provider. */
  @Nullable String keyVariable();

  /** What the settings must say besides model and address: values by name. */
  default Map<String, String> settings() {
    return Map.of();
  }

  /**
   * Whether the text of a model that is known to reason may begin with reasoning that no tag opens.
   */
  default boolean mayLackOpener() {
    return true;
  }

  /** Whether frames are server-sent events; otherwise they are lines of JSON. */
  boolean sendsEvents();

  default String contentType() {
    return sendsEvents() ? "text/event-stream" : "application/x-ndjson";
  }

  /** Response headers of a stream that ends with its connection. */
  default String head() {
    return "HTTP/1.1 200 OK\r\nContent-Type: " + contentType() + "\r\nConnection: close\r\n\r\n";
  }

  /** What comes before the first piece. */
  default String opening() {
    return "";
  }

  /** A piece of the answer. */
  String text(String piece);

  /** A piece of the reasoning. */
  String reasoning(String piece);

  /** The regular end: finish reason {@code stop}, 12 and 5 tokens, the terminal marker. */
  String end();

  /** A finish reason {@code stop} and no terminal marker; empty where there is no such thing. */
  String finishReason();

  /** The terminal marker and no finish reason; empty where there is no such thing. */
  String marker();

  /** Frames that hold nothing of the answer: other fields, other types, tool calls. */
  String oddities();

  /** An error where the answer should go on. */
  String error(String message);

  /** The body of a response with an error's status. */
  String refusal(String message);

  /** A response that is no stream, as the provider gives it to who forgot to ask for one. */
  String wholeResponse();
}
