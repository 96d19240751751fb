package dev.ragstream.bench;

import dev.ragstream.waiting.Eventually;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A program that relays answers, in a process of its own. */
final class Relay implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final String name;
  private final Process process;
  private final int port;

  private Relay(String name, Process process, int port) {
    this.name = name;
    this.process = process;
    this.port = port;
  }

  /** nginx that buffers nothing and keeps its connections, with a worker for each core. */
  static Relay nginx(Path folder, int upstream) throws IOException, InterruptedException {
    int port = freePort();
    Path conf = folder.resolve("nginx.conf");
    Files.writeString(
        conf,
        """
        daemon off;
        worker_processes auto;
        worker_rlimit_nofile 20000;
        error_log stderr error;
        pid nginx.pid;
        events { worker_connections 8192; }
        http {
          access_log off;
          client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi; scgi_temp_path scgi;
          upstream model { server 127.0.0.1:%d; keepalive 512; }
          server {
            listen 127.0.0.1:%d backlog=4096;
            location / {
              proxy_pass http://model;
              proxy_http_version 1.1;
              proxy_set_header Connection "";
              proxy_buffering off;
            }
          }
        }
        """
            .formatted(upstream, port));
    return start(
        "nginx", port, folder, "nginx", "-e", "stderr", "-p", folder + "/", "-c", "" + conf);
  }

  /** The thirty lines of Node. */
  static Relay node(Path folder, Path script, int upstream)
      throws IOException, InterruptedException {
    int port = freePort();
    return start("Node", port, folder, "node", script.toString(), "" + port, "" + upstream);
  }

  /**
   * {@code ragstream serve} over a small index.
   *
   * @param java the command up to the arguments of ragstream
   * @param models that requests may choose
   */
  static Relay ragstream(Path folder, List<String> java, int upstream, List<String> models)
      throws IOException, InterruptedException {
    int port = freePort();
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(
        folder.resolve("docs/weather.md"), "# Today\n\nIt rains. Take an umbrella with you.\n");
    Files.writeString(
        folder.resolve("ragstream.yaml"),
        """
        retrieval: {mode: lexical}
        llm: {model: "openai:%s", baseUrl: "http://127.0.0.1:%d/v1", apiKey: unused}
        serve: {port: %d, models: [%s], limits: {runs: 10000}}
        """
            .formatted(
                models.getFirst(),
                upstream,
                port,
                String.join(
                    ", ", models.stream().map(model -> "\"openai:" + model + "\"").toList())));
    List<String> index = new ArrayList<>(java);
    index.addAll(List.of("-q", "index", "docs"));
    Process indexing = process(folder, index);
    if (indexing.waitFor() != 0) {
      throw new IOException("nothing could be indexed");
    }
    List<String> serve = new ArrayList<>(java);
    serve.addAll(List.of("serve", "-q"));
    return start("ragstream", port, folder, serve.toArray(String[]::new));
  }

  int port() {
    return port;
  }

  /** Processor time so far, in nanoseconds, that of its workers included. */
  long cpuNanos() {
    return all()
        .mapToLong(each -> each.info().totalCpuDuration().map(time -> time.toNanos()).orElse(0L))
        .sum();
  }

  /** Resident memory, in bytes, that of its workers included. */
  long resident() {
    return all().mapToLong(Relay::resident).sum();
  }

  private Stream<ProcessHandle> all() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants());
  }

  private static long resident(ProcessHandle each) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + each.pid() + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .sum();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }

  @Override
  public String toString() {
    return name;
  }

  private static Relay start(String name, int port, Path folder, String... command)
      throws IOException, InterruptedException {
    Process process = process(folder, List.of(command));
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    Eventually.within(PATIENCE)
        .see(
            "an end or a beginning of " + name,
            () -> listens(port) || !process.isAlive(),
            settled -> settled);
    if (!process.isAlive()) {
      throw new IOException(name + " did not start");
    }
    return new Relay(name, process, port);
  }

  private static boolean listens(int port) {
    try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static Process process(Path folder, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("log").toFile())
        .redirectError(folder.resolve("errors").toFile())
        .start();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
