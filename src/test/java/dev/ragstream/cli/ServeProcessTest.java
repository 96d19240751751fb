package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.model.ScriptedServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code ragstream serve} as a process of its own. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "there is no kill -TERM")
class ServeProcessTest {

  private static final long PATIENCE_SECONDS = 120;
  private static final Pattern SERVING =
      Pattern.compile("serving on http://127\\.0\\.0\\.1:(\\d+)");

  @TempDir private Path folder;

  @Test
  void aServerThatIsToldToStopTellsItsClientsAndTheModelsServer() throws Exception {
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/weather.md"), "# Weather\n\nCarry an umbrella.\n");
    assertThat(start(Map.of(), "index", "docs").waitFor()).isZero();
    try (ScriptedServer model = new ScriptedServer()) {
      model.script(send(STREAM + "data: {\"choices\":[{\"delta\":{\"content\":\"Yes, \"}}]}\n\n"));
      Process serve =
          start(
              Map.of("OPENAI_BASE_URL", model.url().toString()),
              "serve",
              "-q", // asks the model's server for nothing by itself
              "--port",
              "0",
              "-m",
              "openai:some-model");
      try (BufferedReader told = serve.errorReader(StandardCharsets.UTF_8);
          Socket client = new Socket(InetAddress.getLoopbackAddress(), port(told))) {
        String body = "{\"question\":\"Should I?\"}";
        String request =
            "POST /stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
                + body.length()
                + "\r\n\r\n"
                + body;
        client.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (!line.contains("Yes, ")) {
          line = lines.readLine();
        }

        serve.destroy();

        while (!line.startsWith("event: cancelled")) {
          line = lines.readLine();
        }
        model.clientLeft().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(serve.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(serve.exitValue()).isEqualTo(143);
      } finally {
        serve.destroyForcibly();
      }
    }
  }

  /** The first one waits for a client that does not read; the second one waits for nobody. */
  @Test
  void aSecondSignalEndsTheServerAtOnce() throws Exception {
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/weather.md"), "# Weather\n\nCarry an umbrella.\n");
    assertThat(start(Map.of(), "index", "docs").waitFor()).isZero();
    String piece =
        "data: {\"choices\":[{\"delta\":{\"content\":\"" + "a".repeat(1000) + "\"}}]}\n\n";
    try (ScriptedServer model = new ScriptedServer()) {
      model.script(send(STREAM + piece.repeat(20_000)));
      Process serve =
          start(
              Map.of("OPENAI_BASE_URL", model.url().toString()),
              "serve",
              "-q", // asks the model's server for nothing by itself
              "--port",
              "0",
              "-m",
              "openai:some-model");
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
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Dragstream.terminals=",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().putAll(environment);
    builder
        .environment()
        .put("XDG_CACHE_HOME", Path.of("target", "test-cache").toAbsolutePath().toString());
    builder.redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")));
    return builder.start();
  }
}
