package dev.ragstream.server;

import static dev.ragstream.server.TestServer.PATIENCE_SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client of {@code /ws_chat} that keeps what it hears. */
final class SocketClient implements WebSocket.Listener, AutoCloseable {

  private static final JsonMapper MAPPER = new JsonMapper();

  final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
  final CompletableFuture<Integer> closed = new CompletableFuture<>();
  final WebSocket socket;

  /** How many frames came that were not the last of their message. */
  final AtomicInteger fragments = new AtomicInteger();

  private final StringBuilder message = new StringBuilder();

  SocketClient(TestServer server) throws Exception {
    this(server, SocketRoutes.PATH);
  }

  SocketClient(TestServer server, String path) throws Exception {
    socket =
        server
            .client()
            .newWebSocketBuilder()
            .buildAsync(URI.create("ws://127.0.0.1:" + server.port() + path), this)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  void say(String text) throws Exception {
    socket.sendText(text, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  JsonNode hear() throws InterruptedException {
    return MAPPER.readTree(hearText());
  }

  String hearText() throws InterruptedException {
    String frame = heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(frame).as("a frame").isNotNull();
    return frame;
  }

  @Override
  public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    message.append(data);
    if (last) {
      heard.add(message.toString());
      message.setLength(0);
    } else {
      fragments.incrementAndGet();
    }
    from.request(1);
    return null;
  }

  @Override
  public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
    closed.complete(status);
    return null;
  }

  @Override
  public void close() {
    socket.abort();
  }
}
