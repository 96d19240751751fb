package dev.ragstream.server;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.ScriptedModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a port of its own, and clients for it. */
public final class TestServer implements AutoCloseable {

  /** What nobody waits for unless something is wrong. */
  static final long PATIENCE_SECONDS = 60;

  /** Nothing happens because time passes, however busy the machine is. */
  public static final Patience ENDLESS =
      new Patience(
          Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(1));

  static final ServerOptions OPEN =
      new ServerOptions(
          false,
          null,
          Set.of(),
          List.of(),
          1000,
          null,
          Map.of(),
          null,
          null,
          Duration.ofMinutes(2));

  final ScriptedBackend backend;
  final List<String> notices = new CopyOnWriteArrayList<>();
  final List<String> accessLog = new CopyOnWriteArrayList<>();
  volatile ServerOptions options;
  private final RagServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  public TestServer(ChatModel model) {
    this(model, OPEN);
  }

  TestServer(ChatModel model, ServerOptions options) {
    this(new ScriptedBackend(model), options);
  }

  TestServer(ScriptedBackend backend, ServerOptions options) {
    this(backend, options, "127.0.0.1");
  }

  TestServer(ScriptedBackend backend, ServerOptions options, String address) {
    this(backend, options, address, ENDLESS, InstantSource.system());
  }

  private TestServer(
      ScriptedBackend backend,
      ServerOptions options,
      String address,
      Patience patience,
      InstantSource clock) {
    this.backend = backend;
    this.options = options;
    this.server =
        new RagServer(
            () -> new Listening(address, 0, 0, 64 << 10, 16 << 10),
            patience,
            clock,
            () -> this.options,
            backend,
            notices::add,
            accessLog::add);
    server.start();
  }

  /** A server whose model says these pieces. */
  public static TestServer saying(String... pieces) {
    return new TestServer(modelSaying(pieces));
  }

  static ScriptedModel modelSaying(String... pieces) {
    return new ScriptedModel(reader -> {
      for (String piece : pieces) {
        reader.text(piece);
      }
    });
  }

  /** A server whose streams get a comment whenever nothing else is there for a moment. */
  static TestServer pinging(ChatModel model) {
    Patience impatient =
        new Patience(
            Duration.ofMillis(50), ENDLESS.socketPing(), ENDLESS.idle(), ENDLESS.slowReader());
    return new TestServer(
        new ScriptedBackend(model), OPEN, "127.0.0.1", impatient, InstantSource.system());
  }

  /** A server by a clock of the test's. */
  static TestServer by(InstantSource clock, ChatModel model) {
    return new TestServer(new ScriptedBackend(model), OPEN, "127.0.0.1", ENDLESS, clock);
  }

  public int port() {
    return server.ports().getFirst();
  }

  int secondPort() {
    return server.ports().getLast();
  }

  List<String> routes() {
    return server.routes();
  }

  URI url(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(url(path));
  }

  HttpRequest.Builder post(String path, String body) {
    return request(path).POST(BodyPublishers.ofString(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<java.util.stream.Stream<String>> open(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofLines());
  }

  HttpClient client() {
    return client;
  }

  /** A connection on which a POST was sent, and nothing else. */
  Socket posted(String path, String body) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
            + bytes.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(bytes);
    return socket;
  }

  @Override
  public void close() {
    server.close();
    client.close();
  }
}
