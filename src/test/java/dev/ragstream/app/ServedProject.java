package dev.ragstream.app;

import dev.ragstream.config.FlagValue;
import dev.ragstream.config.SettingsLoader;
import dev.ragstream.config.SettingsSources;
import dev.ragstream.ingest.Indexer;
import dev.ragstream.server.RagServer;
import dev.ragstream.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder with settings and documents, its index, and a real server over them. */
final class ServedProject implements AutoCloseable {

  static final long PATIENCE_SECONDS = 60;

  final List<String> notices = new CopyOnWriteArrayList<>();
  private final Path folder;
  private final Map<String, String> environment;
  private final boolean offline;
  private final Serving serving;
  private final RagServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  /**
   * Serves a folder.
   *
   * @param settings of {@code ragstream.yaml}; the port is any free one
   * @param environment what the program sees of it
   * @param offline whether it may use no network
   */
  ServedProject(Path folder, String settings, Map<String, String> environment, boolean offline) {
    this.folder = folder;
    this.offline = offline;
    this.environment = environment;
    settings(settings);
    this.serving = new Serving(this::assembly);
    this.server =
        new RagServer(
            serving::listening, TestServer.ENDLESS, serving::options, serving, notices::add, null);
    server.start();
  }

  ServedProject(Path folder, String settings, Map<String, String> environment) {
    this(folder, settings, environment, false);
  }

  ServedProject(Path folder, String settings) {
    this(folder, settings, Map.of());
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void settings(String yaml) {
    write(folder.resolve("ragstream.yaml"), yaml);
  }

  void index(String... paths) {
    try (Assembly assembly = assembly()) {
      List<Path> all = Stream.of(paths).map(folder::resolve).toList();
      assembly
          .indexer(List.of(), List.of())
          .run(new Indexer.Request(all, false, false, false), _ -> {});
    }
  }

  Serving serving() {
    return serving;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(request(path));
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(request(path).POST(BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(
        URI.create("http://127.0.0.1:" + server.ports().getFirst() + path));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** The lines of an answer, until its end or that of the connection. */
  Stream<String> lines(String path, String body) throws IOException, InterruptedException {
    Stream.Builder<String> lines = Stream.builder();
    try {
      client
          .send(request(path).POST(BodyPublishers.ofString(body)).build(), BodyHandlers.ofLines())
          .body()
          .forEach(lines);
    } catch (UncheckedIOException e) {
      // broken off
    }
    return lines.build();
  }

  /** Says something over a WebSocket, and hears all until the answer's end. */
  String ask(String message) throws Exception {
    CompletableFuture<String> heard = new CompletableFuture<>();
    WebSocket socket =
        client
            .newWebSocketBuilder()
            .buildAsync(
                URI.create("ws://127.0.0.1:" + server.ports().getFirst() + "/ws_chat"),
                new Listener(heard))
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    try {
      socket.sendText(message, true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return heard.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } finally {
      socket.abort();
    }
  }

  /** Gathers messages until one that is an ending, or the socket's end. */
  private static final class Listener implements WebSocket.Listener {

    private final StringBuilder all = new StringBuilder();
    private final CompletableFuture<String> heard;

    Listener(CompletableFuture<String> heard) {
      this.heard = heard;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      all.append(data).append(last ? "\n" : "");
      String text = all.toString();
      if (text.contains("\"type\":\"completed\"") || text.contains("\"type\":\"failed\"")) {
        heard.complete(text);
      }
      from.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      heard.complete("closed with " + status);
      return null;
    }
  }

  Assembly assembly() {
    return new Assembly(
        SettingsLoader.load(
            new SettingsSources(
                folder, environment, null, null, List.of(FlagValue.set("serve.port=0")))),
        new Surroundings(
            Path.of("target", "test-cache", "ragstream").toAbsolutePath(),
            environment,
            offline,
            notices::add));
  }

  @Override
  public void close() {
    client.shutdownNow();
    server.close();
    serving.close();
  }
}
