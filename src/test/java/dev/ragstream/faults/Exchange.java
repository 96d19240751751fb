package dev.ragstream.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** One request over a connection of its own, and the response as it comes in. */
final class Exchange implements AutoCloseable {

  /** What nobody waits for unless something is wrong. */
  static final int PATIENCE_MILLIS = 180_000;

  private final Socket socket;
  private final Map<String, String> headers = new TreeMap<>();
  private @Nullable InputStream body;
  private int status;

  private Exchange(Socket socket) {
    this.socket = socket;
  }

  static Exchange post(int port, String path, String body) throws IOException {
    return post(port, path, "", body.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Sends a POST; the response has not been looked at yet.
   *
   * @param headers further header lines, each with its line feed
   */
  static Exchange post(int port, String path, String headers, byte[] body) throws IOException {
    return send(
        connect(port, 0), "POST", path, headers + "Content-Length: " + body.length + "\r\n", body);
  }

  static Exchange get(int port, String path) throws IOException {
    return get(port, path, "");
  }

  /**
   * Sends a GET.
   *
   * @param headers further header lines, each with its line feed
   */
  static Exchange get(int port, String path, String headers) throws IOException {
    return send(connect(port, 0), "GET", path, headers, new byte[0]);
  }

  /** Sends a GET over a connection whose kernel takes in little that is not read. */
  static Exchange getNarrow(int port, String path) throws IOException {
    return send(connect(port, 4 << 10), "GET", path, "", new byte[0]);
  }

  private static Exchange send(
      Socket socket, String method, String path, String headers, byte[] body) throws IOException {
    String head = method + " " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
    ByteArrayOutputStream request = new ByteArrayOutputStream();
    request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
    request.writeBytes(body);
    socket.getOutputStream().write(request.toByteArray());
    return new Exchange(socket);
  }

  /**
   * A connection whose reads do not wait for ever.
   *
   * @param receiveBuffer how much its kernel may take in unread, in bytes; 0: as much as usual
   */
  static Socket connect(int port, int receiveBuffer) throws IOException {
    Socket socket = new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    return socket;
  }

  int status() throws IOException {
    body();
    return status;
  }

  /** The value of a header, or an empty text. */
  String header(String name) throws IOException {
    body();
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The next line without its line feed; null at the end of the response. */
  @Nullable String line() throws IOException {
    InputStream in = body();
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int b = in.read();
    if (b < 0) {
      return null;
    }
    while (b >= 0 && b != '\n') {
      line.write(b);
      b = in.read();
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  /** All that is left of the response. */
  String rest() throws IOException {
    return new String(body().readAllBytes(), StandardCharsets.UTF_8);
  }

  /** Leaves, whatever may still come. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  private InputStream body() throws IOException {
    if (body == null) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      readHead(in);
      InputStream plain =
          headers.getOrDefault("transfer-encoding", "").equals("chunked")
              ? new Chunks(in)
              : counted(in, Integer.parseInt(headers.getOrDefault("content-length", "0")));
      body =
          headers.getOrDefault("content-encoding", "").equals("gzip")
              ? new GZIPInputStream(plain)
              : plain;
    }
    return body;
  }

  private void readHead(InputStream in) throws IOException {
    String first = headLine(in);
    status = Integer.parseInt(first.substring(9, 12));
    for (String line = headLine(in); !line.isEmpty(); line = headLine(in)) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
  }

  static String headLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    int b = in.read();
    while (b != '\n') {
      if (b < 0) {
        throw new EOFException("the connection ended in its head, after '" + line + "'");
      }
      line.append((char) b);
      b = in.read();
    }
    return line.toString().strip();
  }

  private static InputStream counted(InputStream in, int length) throws IOException {
    byte[] body = in.readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the connection ended before the response");
    }
    return new ByteArrayInputStream(body);
  }

  /** A chunked body. A read gives what is there, and does not wait for more. */
  private static final class Chunks extends InputStream {

    private final InputStream in;
    private int left;
    private boolean ended;

    Chunks(InputStream in) {
      this.in = in;
    }

    @Override
    public int read() throws IOException {
      if (!next()) {
        return -1;
      }
      left--;
      return afterByte(in.read());
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!next()) {
        return -1;
      }
      int read = in.read(bytes, offset, Math.min(length, left));
      left -= Math.max(read, 0);
      return afterByte(read);
    }

    private int afterByte(int read) throws IOException {
      if (read < 0) {
        throw new EOFException("the connection ended in a chunk");
      }
      if (left == 0) {
        headLine(in);
      }
      return read;
    }

    private boolean next() throws IOException {
      if (left == 0 && !ended) {
        left = Integer.parseInt(headLine(in), 16);
        if (left == 0) {
          ended = true;
          headLine(in);
        }
      }
      return !ended;
    }
  }
}
