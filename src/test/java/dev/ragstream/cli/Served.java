package dev.ragstream.cli;

import dev.ragstream.waiting.Transcript;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code ragstream serve} in a folder, on a thread of this process, until it is closed. */
public final class Served implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Pattern SERVING = Pattern.compile("serving on http://\\S+:(\\d+)");

  private final Transcript notices = new Transcript();
  private final Thread thread;
  private final int port;

  /**
   * Starts it on any free port.
   *
   * @param arguments after {@code serve --port 0}
   */
  public Served(Path folder, Map<String, String> environment, List<String> arguments) {
    List<String> command = new ArrayList<>(List.of("serve", "--port", "0"));
    command.addAll(arguments);
    Invocation invocation = invocation(folder, environment, notices);
    this.thread =
        Thread.ofPlatform()
            .name("served")
            .daemon()
            .start(() -> {
              CommandTree.run(invocation, command.toArray(String[]::new));
              notices.close();
            });
    Matcher serving = SERVING.matcher(await("Ctrl-C"));
    if (!serving.find()) {
      throw new IllegalStateException("it does not serve: " + said());
    }
    this.port = Integer.parseInt(serving.group(1));
  }

  /** The same over documents of the folder, which are indexed first. */
  public static Served indexed(
      Path folder, Map<String, String> environment, List<String> arguments, String documents) {
    Transcript told = new Transcript();
    if (CommandTree.run(invocation(folder, environment, told), "index", documents) != 0) {
      throw new IllegalStateException(told.text());
    }
    return new Served(folder, environment, arguments);
  }

  private static Invocation invocation(
      Path folder, Map<String, String> environment, OutputStream told) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("XDG_CONFIG_HOME", folder.resolve("no-config").toString());
    all.put("XDG_CACHE_HOME", Path.of("target", "test-cache").toAbsolutePath().toString());
    PrintStream output = new PrintStream(told, true, StandardCharsets.UTF_8);
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]), output, output, Console.Terminals.NONE, 100);
    return new Invocation(console, all, folder, () -> false);
  }

  public int port() {
    return port;
  }

  /** The root of all routes, without a slash at its end. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /** All that it has said on stdout and stderr. */
  public String said() {
    return notices.text();
  }

  /** The same, once that holds a text. */
  public String await(String text) {
    return notices.await("'" + text + "'", PATIENCE, said -> said.contains(text));
  }

  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (thread.isAlive()) {
      throw new IllegalStateException("it does not stop");
    }
  }
}
