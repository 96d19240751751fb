package dev.ragstream.elastic;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A cluster of real Elasticsearch nodes on free ports, each in a process of its own, for one test
 * alone. All nodes may become master, so any one of three may fail. Nodes are counted from 1. The
 * cluster ends when it is closed, or with the tests' process, and leaves nothing behind.
 */
public final class ElasticCluster implements AutoCloseable {

  private final String name =
      "test-" + ProcessHandle.current().pid() + "-" + UUID.randomUUID().toString().substring(0, 8);
  private final List<String> start;
  private List<URI> urls = List.of();

  private ElasticCluster(int nodes, List<String> settings) {
    List<String> arguments = new ArrayList<>(List.of("start", "--name", name, "--port", "0"));
    arguments.addAll(List.of("--nodes", Integer.toString(nodes)));
    arguments.addAll(List.of("--heap", nodes == 1 ? "2g" : "512m"));
    arguments.addAll(List.of("--with-parent", Long.toString(ProcessHandle.current().pid())));
    settings.forEach(setting -> arguments.addAll(List.of("--setting", setting)));
    start = List.copyOf(arguments);
  }

  /**
   * Starts a cluster and waits until all its nodes have joined.
   *
   * @param settings of every node, each {@code key=value}
   */
  public static ElasticCluster start(int nodes, String... settings) {
    ElasticCluster cluster = new ElasticCluster(nodes, List.of(settings));
    try {
      cluster.startMissing();
    } catch (RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  /** The first node's address, such as {@code http://127.0.0.1:9200}. */
  public URI url() {
    return urls.getFirst();
  }

  /** The addresses of all nodes, in order, of those that are down as well. */
  public List<URI> urls() {
    return urls;
  }

  /** Ends a node at once, as a power cut would, and waits until it is gone. */
  public void kill(int node) {
    ProcessHandle process = process(node);
    process.destroyForcibly();
    process.onExit().join();
  }

  /**
   * Starts every node again that was killed, where possible at its old address, and waits until all
   * have joined.
   */
  public void restart() {
    startMissing();
  }

  /** Lets a node hang: its connections stay open, and nothing answers. */
  public void pause(int node) {
    signal("STOP", node);
  }

  /** Ends a {@link #pause}. */
  public void resume(int node) {
    signal("CONT", node);
  }

  private void startMissing() {
    ProcessRun run = ProcessRun.successful(ElasticScript.command(start));
    urls = run.out().lines().map(URI::create).toList();
  }

  private void signal(String signal, int node) {
    ProcessRun.successful(
        new ProcessBuilder("kill", "-" + signal, Long.toString(process(node).pid())));
  }

  private ProcessHandle process(int node) {
    Path file = ElasticScript.CLUSTERS.resolve(name).resolve("node-" + node).resolve("pid");
    try {
      return ProcessHandle.of(Long.parseLong(Files.readString(file).strip())).orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    ProcessRun.successful(ElasticScript.command("stop", "--name", name, "--delete"));
  }
}
