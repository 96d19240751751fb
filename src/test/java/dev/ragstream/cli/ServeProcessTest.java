package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.faults.Promised;
import dev.ragstream.model.ScriptedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ragstream serve} as a process of its own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -TERM")
class ServeProcessTest {

  private static final long PATIENCE_SECONDS = 120;
  private static final Pattern SERVING =
      Pattern.compile("serving on http://127\\.0\\.0\\.1:(\\d+)");

  /** Asked with -q, so that the server asks the model's server for nothing by itself. */
  private static final String MODEL = "openai:some-model";

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"TERM, 143", "INT, 130"})
  void aServerThatIsToldToStopTellsItsClientsAndTheModelsServer(String signal, int code)
      throws Exception {
    index();
    Promised.within(Duration.ofSeconds(3), () -> stop(signal, code));
  }

  /** How long it took from the signal to the end. */
  private Duration stop(String signal, int code) throws Exception {
    try (ScriptedServer model = new ScriptedServer()) {
      model.script(send(STREAM + "data: {\"choices\":[{\"delta\":{\"content\":\"Yes, \"}}]}\n\n"));
      Process serve = start(asking(model), "serve", "-q", "--port", "0", "-m", MODEL);
      try (BufferedReader told = serve.errorReader(StandardCharsets.UTF_8);
          Socket client = asking(port(told))) {
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        await(lines, "Yes, ");

        signal(serve, signal);
        long start = System.nanoTime();

        assertThat(await(lines, "event: ")).isEqualTo("event: cancelled");
        assertThat(lines.lines().filter(line -> line.startsWith("event: "))).isEmpty();
        model.clientLeft().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(serve.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(serve.exitValue()).isEqualTo(code);
        return Duration.ofNanos(System.nanoTime() - start);
      } finally {
        serve.destroyForcibly();
      }
    }
  }

  @Test
  void theSecondPortServesTheSameRoutes() throws Exception {
    index();
    Process serve = start(Map.of(), "serve", "-q", "--port", "0", "--ws-port", "0");
    try (BufferedReader told = serve.errorReader(StandardCharsets.UTF_8);
        HttpClient client = HttpClient.newHttpClient()) {
      int first = port(told);
      int second = port(told);
      assertThat(second).isNotEqualTo(first);
      for (int port : List.of(first, second)) {
        CompletableFuture<String> ending = new CompletableFuture<>();
        WebSocket socket =
            client
                .newWebSocketBuilder()
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/ws_chat"), new Endings(ending))
                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        socket
            .sendText("{\"question\":\"Should I carry an umbrella?\"}", true)
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(ending.get(PATIENCE_SECONDS, TimeUnit.SECONDS))
            .contains("\"type\":\"completed\"");
        socket.abort();
        try (Socket asking = asking(port)) {
          await(
              new BufferedReader(
                  new InputStreamReader(asking.getInputStream(), StandardCharsets.UTF_8)),
              "event: completed");
        }
      }
    } finally {
      serve.destroyForcibly();
    }
  }

  /** Hears the message that ends an answer. */
  private record Endings(CompletableFuture<String> ending) implements WebSocket.Listener {

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      String text = data.toString();
      if (text.contains("\"type\":\"completed\"") || text.contains("\"type\":\"failed\"")) {
        ending.complete(text);
      }
      from.request(1);
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      ending.completeExceptionally(error);
    }
  }

  /** The first one waits for a client that does not read; the second one waits for nobody. */
  @Test
  void aSecondSignalEndsTheServerAtOnce() throws Exception {
    index();
    String piece =
        "data: {\"choices\":[{\"delta\":{\"content\":\"" + "a".repeat(1000) + "\"}}]}\n\n";
    try (ScriptedServer model = new ScriptedServer()) {
      model.script(send(STREAM + piece.repeat(20_000)));
      Process serve = start(asking(model), "serve", "-q", "--port", "0", "-m", MODEL);
      try (BufferedReader told = serve.errorReader(StandardCharsets.UTF_8)) {
        int port = port(told);
        try (Socket client = asking(port)) {
          client.getInputStream().read(); // and nothing after it
          model.awaitRequest();
          serve.destroy();
          while (status(port) == 200) {
            // it has not heard the first signal yet
          }
          long second = System.nanoTime();

          serve.destroy();

          assertThat(serve.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
          assertThat(serve.exitValue()).isEqualTo(143);
          assertThat(System.nanoTime() - second).isLessThan(TimeUnit.MILLISECONDS.toNanos(1900));
        }
      } finally {
        serve.destroyForcibly();
      }
    }
  }

  private void index() throws Exception {
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/weather.md"), "# Weather\n\nCarry an umbrella.\n");
    assertThat(start(Map.of(), "index", "docs").waitFor()).isZero();
  }

  private static Map<String, String> asking(ScriptedServer model) {
    return Map.of("OPENAI_BASE_URL", model.url().toString());
  }

  private static void signal(Process process, String name) throws Exception {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }

  private static Socket asking(int port) throws IOException {
    Socket client = new Socket(InetAddress.getLoopbackAddress(), port);
    String body = "{\"question\":\"Should I?\"}";
    client
        .getOutputStream()
        .write(
            ("POST /stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                    + body.length()
                    + "\r\n\r\n"
                    + body)
                .getBytes(StandardCharsets.US_ASCII));
    return client;
  }

  /** Whether questions are taken: 200, or 503 as soon as the server stops; 0 when it is gone. */
  private static int status(int port) {
    try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
      client
          .getOutputStream()
          .write(
              "POST /api/runs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 16\r\n\r\n{\"question\":\"x\"}"
                  .getBytes(StandardCharsets.US_ASCII));
      String line =
          new BufferedReader(
                  new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII))
              .readLine();
      return line != null && line.contains(" 503 ") ? 503 : 200;
    } catch (IOException e) {
      return 0;
    }
  }

  @Test
  void settingsThatChangeAreReadAgainAndFaultyOnesAreNot() throws Exception {
    Path settings = folder.resolve("ragstream.yaml");
    Files.writeString(settings, "retrieval: {topK: 3}\n");
    Process serve = start(Map.of(), "serve", "--port", "0");
    try (BufferedReader told = serve.errorReader(StandardCharsets.UTF_8)) {
      port(told);
      Files.writeString(settings, "retrieval: {topK: none}\n");
      await(told, "the old settings stay: ragstream.yaml:1: retrieval.topK cannot be none");
      Files.writeString(settings, "retrieval: {topK: 12}\n");
      await(told, "the settings were read again");
    } finally {
      serve.destroyForcibly();
    }
  }

  @Test
  void aQuietServerTellsThePortThatNobodyChose() throws Exception {
    Process serve = start(Map.of(), "serve", "-q", "--port", "0");
    try (BufferedReader told = serve.errorReader(StandardCharsets.UTF_8)) {
      assertThat(port(told)).isPositive();
    } finally {
      serve.destroyForcibly();
    }
  }

  private static int port(BufferedReader told) throws IOException {
    Matcher serving = SERVING.matcher(await(told, "serving on "));
    assertThat(serving.find()).isTrue();
    return Integer.parseInt(serving.group(1));
  }

  private static String await(BufferedReader told, String wanted) throws IOException {
    List<String> before = new ArrayList<>();
    for (String line = told.readLine(); line != null; line = told.readLine()) {
      if (line.contains(wanted)) {
        return line;
      }
      before.add(line);
    }
    throw new AssertionError("it never said '" + wanted + "' but " + before);
  }

  private Process start(Map<String, String> environment, String... arguments) throws IOException {
    return MainProcess.builder(folder, List.of(), environment, arguments).start();
  }
}
