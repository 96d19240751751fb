package dev.ragstream.elastic;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries bytes to a server and back. On demand it resets a connection at the moment when a client
 * uses it once more, as a server does that has just decided to close it.
 */
final class FragileLine implements AutoCloseable {

  private final URI server;
  private final ServerSocket socket;
  private final AtomicInteger breaks = new AtomicInteger();
  private final List<Socket> ends = new CopyOnWriteArrayList<>();

  FragileLine(URI server) {
    this.server = server;
    try {
      socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + socket.getLocalPort());
  }

  /** Resets the connections of the next requests, so many of them. */
  void breakNext(int requests) {
    breaks.set(requests);
  }

  /** Connections that clients have opened. */
  int connections() {
    return ends.size() / 2;
  }

  @Override
  public void close() throws IOException {
    socket.close();
    for (Socket end : ends) {
      end.close();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = socket.accept();
        Socket node = new Socket(server.getHost(), server.getPort());
        ends.addAll(List.of(client, node));
        Thread.ofVirtual().start(() -> carryRequests(client, node));
        Thread.ofVirtual().start(() -> carryAnswers(node, client));
      }
    } catch (IOException e) {
      // closed: the test is over
    }
  }

  private void carryRequests(Socket client, Socket node) {
    try (client;
        node) {
      InputStream in = client.getInputStream();
      OutputStream out = node.getOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n > 0; n = in.read(buffer)) {
        if (breaks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          client.setSoLinger(true, 0);
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException e) {
      // one end has left
    }
  }

  private static void carryAnswers(Socket node, Socket client) {
    try {
      node.getInputStream().transferTo(client.getOutputStream());
    } catch (IOException e) {
      // one end has left
    }
  }
}
