package dev.ragstream.elastic;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A real nginx in front of a server: {@code Nginx.before(uri).basicAuth("me",
 * "secret").start(dir)}. {@code scripts/test} installs it where it is missing.
 */
public final class Nginx implements AutoCloseable {

  /**
   * nginx goes to the background as soon as it listens. It ends when the standard input does, which
   * happens as well when the tests' process is killed. Debian keeps it off the path of users.
   */
  private static final String RUN =
      """
      PATH=$PATH:/usr/sbin
      nginx -p . -c nginx.conf 2>&1 && echo ready && cat || exit
      pid=$(cat nginx.pid); kill $pid; while kill -0 $pid 2>/dev/null; do sleep 0.02; done
      """;

  private static final int ATTEMPTS = 5;

  private final Process process;
  private final ServerSocket silence;
  private final URI url;

  private Nginx(Process process, ServerSocket silence, URI url) {
    this.process = process;
    this.silence = silence;
    this.url = url;
  }

  /** A site that hands requests on to a server that speaks plain HTTP. */
  public static NginxSite before(URI upstream) {
    return new NginxSite(upstream);
  }

  /** The address of this nginx, such as {@code https://127.0.0.1:40123}. */
  public URI url() {
    return url;
  }

  /** A port that was free a moment ago may be another test's by now: then it tries again. */
  static Nginx start(NginxSite site, Path parent) {
    for (int attempt = 1; ; attempt++) {
      try {
        return startOnce(site, parent);
      } catch (IllegalStateException e) {
        if (attempt == ATTEMPTS) {
          throw e;
        }
      }
    }
  }

  private static Nginx startOnce(NginxSite site, Path parent) {
    try {
      Path folder = Files.createTempDirectory(parent, "nginx");
      // Connections to it succeed, as nobody ever accepts one.
      ServerSocket silence = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      int port = freePort();
      Files.writeString(folder.resolve("users"), site.users());
      Files.writeString(
          folder.resolve("nginx.conf"), site.configuration(port, silence.getLocalPort()));
      Process process = new ProcessBuilder("sh", "-c", RUN).directory(folder.toFile()).start();
      URI url = URI.create(site.scheme() + "://127.0.0.1:" + port);
      Nginx nginx = new Nginx(process, silence, url);
      nginx.awaitReady();
      return nginx;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() throws IOException {
    BufferedReader output = process.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); !"ready".equals(line); line = output.readLine()) {
      if (line == null) {
        close();
        throw new IllegalStateException("nginx did not start: " + said);
      }
      said.append(line).append('\n');
    }
  }

  @Override
  public void close() throws IOException {
    process.outputWriter().close();
    process.onExit().join();
    silence.close();
  }
}
