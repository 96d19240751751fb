package dev.ragstream.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request as anybody could send it, byte by byte, well formed or not.
 *
 * @param line {@code GET /healthz}; {@code UPGRADE /ws_chat} asks for a WebSocket there
 * @param headers as they are sent, each {@code Name: value}
 */
record Knocking(String line, List<String> headers) {

  private static final String QUESTION =
      """
      {"question":"Rain?","userId":"u","chatId":"c"}\
      """;

  private static final String MESSAGES =
      """
      {"messages":[{"role":"user","content":"Rain?"}]}\
      """;

  private static final List<String> WEBSOCKET =
      List.of(
          "Connection: Upgrade",
          "Upgrade: websocket",
          "Sec-WebSocket-Version: 13",
          "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");

  private static final int PATIENCE_MILLIS = 60_000;

  /**
   * A request.
   *
   * @param host null: no header
   * @param origin likewise
   * @param authorization likewise
   */
  static Knocking of(
      String line, @Nullable String host, @Nullable String origin, @Nullable String authorization) {
    List<String> headers = new ArrayList<>();
    add(headers, "Host", host);
    add(headers, "Origin", origin);
    add(headers, "Authorization", authorization);
    return new Knocking(line, headers);
  }

  private static void add(List<String> headers, String name, @Nullable String value) {
    if (value != null) {
      headers.add(name + ": " + value);
    }
  }

  /** The head of what was answered. */
  record Answer(int status, List<String> headers) {}

  Answer send(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(text().getBytes(StandardCharsets.UTF_8));
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String status = lines.readLine();
      if (status == null) {
        throw new IOException("no answer to " + this);
      }
      List<String> headers = new ArrayList<>();
      for (String line = lines.readLine(); line != null && !line.isEmpty(); ) {
        headers.add(line);
        line = lines.readLine();
      }
      return new Answer(Integer.parseInt(status.split(" ", 3)[1]), headers);
    }
  }

  /** All that was answered, from the first byte until the server closed the connection. */
  String whole(int port) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(text().getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** One that the route understands. */
  static String body(String path) {
    return path.startsWith("/v1/") || path.startsWith("/api/chat") ? MESSAGES : QUESTION;
  }

  private String text() {
    boolean upgrade = line.startsWith("UPGRADE ");
    List<String> lines = new ArrayList<>();
    lines.add(upgrade ? "GET" + line.substring("UPGRADE".length()) : line);
    lines.set(0, lines.getFirst() + " HTTP/1.1");
    lines.addAll(headers);
    if (upgrade) {
      lines.addAll(WEBSOCKET);
    }
    boolean hasBody = line.matches("(POST|PUT|PATCH) .*");
    String body = body(line.substring(line.indexOf(' ') + 1));
    lines.add(hasBody ? "Content-Length: " + body.length() + "\r\n\r\n" + body : "\r\n");
    return String.join("\r\n", lines);
  }
}
