package dev.ragstream.faults;

import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ScriptedServer;
import dev.ragstream.model.ScriptedServer.Step;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * What a row is played with.
 *
 * @param textRead open once the reader has received a piece of the answer
 */
record Stage(ProviderFixture provider, CountDownLatch textRead) {

  /** What a server might echo and nobody may ever see. */
  static final String KEY = "sk-canary-4711-never-shown";

  static final String HEADER = "canary-header-0815";

  /** A stream from its headers on. */
  String stream(String... frames) {
    return provider.head() + frames(frames);
  }

  /** The frames of a stream. */
  String frames(String... frames) {
    return provider.opening() + String.join("", frames);
  }

  /** A stream of one whole answer. */
  String whole(String... pieces) {
    StringBuilder texts = new StringBuilder();
    for (String piece : pieces) {
      texts.append(provider.text(piece));
    }
    return stream(texts.toString(), provider.end());
  }

  /** Sends frames under the headers of a stream. */
  Step send(String... frames) {
    return ScriptedServer.send(stream(frames));
  }

  /** A response with its length. */
  static Step respond(String status, String headers, String body) {
    return ScriptedServer.send(
        "HTTP/1.1 %s\r\n%sContent-Length: %d\r\nConnection: close\r\n\r\n%s"
            .formatted(status, headers, body.getBytes(StandardCharsets.UTF_8).length, body));
  }

  /** A response of the provider that refuses, echoing the secrets. */
  Step refuse(String status, String headers, String message) {
    return respond(
        status,
        "Content-Type: application/json\r\n" + headers,
        provider.refusal(message + " for " + KEY + " of " + HEADER));
  }

  Step untilTextIsRead() {
    return ScriptedServer.await(textRead);
  }
}
