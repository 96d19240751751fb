package dev.ragstream.faults;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client (RFC 6455) that can do what a well-behaved one cannot: leave without a word,
 * leave pings unanswered, send bytes that are no text.
 */
public final class RawSocket implements AutoCloseable {

  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int PONG = 10;
  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;

  private final Socket socket;
  private final InputStream in;
  private final OutputStream out;
  private boolean answeringPings = true;
  private Runnable whenPinged = () -> {};
  private int closeStatus;

  private RawSocket(Socket socket, String path) throws IOException {
    this.socket = socket;
    this.in = new BufferedInputStream(socket.getInputStream());
    this.out = socket.getOutputStream();
    String request =
        "GET "
            + path
            + " HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    out.write(request.getBytes(StandardCharsets.US_ASCII));
    String status = Exchange.headLine(in);
    if (!status.startsWith("HTTP/1.1 101 ")) {
      throw new IOException(status);
    }
    while (!Exchange.headLine(in).isEmpty()) {
      // headers
    }
  }

  public static RawSocket open(int port, String path) throws IOException {
    return new RawSocket(Exchange.connect(port, 0), path);
  }

  /** One that takes in next to nothing unless it is read. */
  static RawSocket narrow(int port, String path) throws IOException {
    return new RawSocket(Exchange.connect(port, 4 << 10), path);
  }

  /** From now on it is silent where it should answer. */
  RawSocket leavingPingsUnanswered() {
    answeringPings = false;
    return this;
  }

  /** Is run at each ping that is heard. */
  void whenPinged(Runnable action) {
    whenPinged = action;
  }

  public void say(String message) throws IOException {
    send(TEXT, message.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a message of any bytes as text. */
  void sayBytes(byte[] message) throws IOException {
    send(TEXT, message);
  }

  /** The next message; null where the server has closed the socket or the connection. */
  public @Nullable String hear() throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    while (true) {
      int first = in.read();
      if (first < 0) {
        return null;
      }
      byte[] payload = payload();
      switch (first & 0x0F) {
        case PING -> {
          whenPinged.run();
          if (answeringPings) {
            send(PONG, payload);
          }
        }
        case PONG -> {}
        case CLOSE -> {
          closeStatus = payload.length < 2 ? 0 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
          return null;
        }
        default -> {
          message.writeBytes(payload);
          if ((first & FINAL) != 0) {
            return message.toString(StandardCharsets.UTF_8);
          }
        }
      }
    }
  }

  /** What the server closed the socket with; 0: it did not. */
  int closeStatus() {
    return closeStatus;
  }

  /** What it goes over. */
  Socket connection() {
    return socket;
  }

  /** Leaves without a word. */
  @Override
  public void close() throws IOException {
    socket.close();
  }

  private byte[] payload() throws IOException {
    int length = in.read();
    if (length == 126) {
      length = in.read() << 8 | in.read();
    } else if (length == 127) {
      length = Math.toIntExact(ByteBuffer.wrap(in.readNBytes(8)).getLong());
    }
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("the connection ended in a frame");
    }
    return payload;
  }

  /** Masked with zeros, which changes nothing. */
  private synchronized void send(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) (FINAL | opcode));
    if (payload.length < 126) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length < 1 << 16) {
      frame.put((byte) (MASKED | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASKED | 127)).putLong(payload.length);
    }
    frame.putInt(0).put(payload);
    out.write(frame.array(), 0, frame.position());
  }
}
