package dev.ragstream.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ScriptedModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that a client sends before it has the answer to the one before (RFC 9112, 9.3.2). */
class PipeliningTest {

  private static final String QUESTION = "{\"question\":\"Rain?\"}";
  private static final String NEXT = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

  @ParameterizedTest
  @CsvSource({"/stream, 0", "/stream, 20", "/api/ask, 0", "/api/ask, 20"})
  void theNextRequestIsAnsweredAfterTheFirst(String path, int later) throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (TestServer server = waiting(asked, goOn);
        Socket socket = server.posted(path, QUESTION)) {
      asked.await();
      send(socket, NEXT.substring(0, NEXT.length() - later));
      server.get("/healthz"); // meanwhile the server has read what was sent ahead
      goOn.countDown();
      await(socket, "completed");
      send(socket, NEXT.substring(NEXT.length() - later));

      await(socket, "HTTP/1.1 200 OK");
      await(socket, "{\"status\":\"ok\"}");
    }
  }

  @Test
  void whatIsTooLongToKeepEndsTheConnectionInsteadOfBeingLost() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (TestServer server = waiting(asked, goOn);
        Socket socket = server.posted("/stream", QUESTION)) {
      asked.await();
      String body = "{\"question\":\"" + "rain ".repeat(4000) + "\"}";
      send(
          socket,
          "POST /stream HTTP/1.1\r\nHost: localhost\r\nContent-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      goOn.countDown();
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(TestServer.PATIENCE_SECONDS));
      BufferedReader lines = lines(socket);
      int completed = 0;
      try {
        for (String line = lines.readLine(); completed < 2 && line != null; ) {
          completed += line.startsWith("event: completed") ? 1 : 0;
          line = lines.readLine();
        }
      } catch (SocketException e) {
        // a connection that is closed with something unread
      }
      assertThat(completed).isPositive();
    }
  }

  private static TestServer waiting(CountDownLatch asked, CountDownLatch goOn) {
    return new TestServer(
        new ScriptedModel(reader -> {
          reader.text("Yes");
          asked.countDown();
          goOn.await();
          reader.text(".");
        }));
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static void await(Socket socket, String text) throws IOException {
    StringBuilder read = new StringBuilder();
    while (read.indexOf(text) < 0) {
      int next = socket.getInputStream().read();
      assertThat(next).as(read.toString()).isNotNegative();
      read.append((char) next);
    }
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }
}
