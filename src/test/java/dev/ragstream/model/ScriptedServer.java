package dev.ragstream.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A server on a port of its own that plays one script for each connection, in order: bytes, pauses
 * that end when the test says so, resets. After the last step it waits until its client leaves.
 */
public final class ScriptedServer implements AutoCloseable {

  /** Response headers of an event stream that ends with its connection. */
  public static final String STREAM =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

  private static final int TLS_HANDSHAKE = 0x16;

  /** One thing that the server does. */
  @FunctionalInterface
  public interface Step {

    void play(Socket client) throws IOException, InterruptedException;
  }

  private final ServerSocket socket;
  private final BlockingQueue<List<Step>> scripts = new LinkedBlockingQueue<>();
  private final List<Socket> clients = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch requested = new CountDownLatch(1);
  private final CompletableFuture<Instant> clientLeft = new CompletableFuture<>();

  public ScriptedServer() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /** Adds the script of the next connection. */
  public ScriptedServer script(Step... steps) {
    return script(List.of(steps));
  }

  public ScriptedServer script(List<Step> steps) {
    scripts.add(steps);
    return this;
  }

  public static Step send(String text) {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  public static Step send(byte[] bytes) {
    return client -> {
      client.getOutputStream().write(bytes);
      client.getOutputStream().flush();
    };
  }

  /** Each byte travels alone, as far as the network lets it. */
  public static Step sendByteByByte(String text) {
    return client -> {
      client.setTcpNoDelay(true);
      for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
        client.getOutputStream().write(b);
      }
    };
  }

  public static Step await(CountDownLatch latch) {
    return client -> latch.await();
  }

  public static Step hangUp() {
    return Socket::close;
  }

  /** Closes so that the client is told of a broken connection instead of an end. */
  public static Step reset() {
    return client -> {
      client.setSoLinger(true, 0);
      client.close();
    };
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/v1");
  }

  /** Head and body of each request so far. */
  public List<String> requests() {
    return requests;
  }

  /** Waits until a request came in whole. */
  public void awaitRequest() throws InterruptedException {
    requested.await();
  }

  /** Done when a client that was not sent away has left; says when that was. */
  public CompletableFuture<Instant> clientLeft() {
    return clientLeft;
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (Socket client : clients) {
        client.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        clients.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = new BufferedInputStream(client.getInputStream());
      requests.add(readRequest(in));
      requested.countDown();
      for (Step step : scripts.take()) {
        step.play(client);
      }
      if (!client.isClosed()) {
        in.transferTo(OutputStream.nullOutputStream());
        clientLeft.complete(Instant.now());
      }
    } catch (IOException e) {
      clientLeft.complete(Instant.now());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String readRequest(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b == TLS_HANDSHAKE && head.isEmpty()) {
        return "a TLS handshake, to be answered by the script as well";
      }
      if (b < 0) {
        throw new IOException("the client left before its request was whole");
      }
      head.append((char) b);
    }
    int length =
        head.toString()
            .lines()
            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
            .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
            .findFirst()
            .orElse(0);
    return head + new String(in.readNBytes(length), StandardCharsets.UTF_8);
  }
}
