package dev.ragstream.faults;

import dev.ragstream.cli.Main;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** {@code ragstream serve} as a process of its own, whose insides can be counted. */
final class ServedProcess implements AutoCloseable {

  /** Of a class histogram: number, instances, bytes, class. */
  private static final Pattern LINE = Pattern.compile("^\\s*\\d+:\\s+\\d+\\s+(\\d+)\\s");

  private static final Pattern SERVING =
      Pattern.compile("serving on http://127\\.0\\.0\\.1:(\\d+)");
  private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin");

  private final Path folder;
  private final Process process;
  private final int port;

  /**
   * Begins to serve.
   *
   * @param folder an empty one
   * @param options of Java
   */
  ServedProcess(Path folder, Upstream upstream, String... options) throws IOException {
    this(folder, ServedProject.settings(upstream, "{}"), options);
  }

  /** The same with settings of its own. */
  ServedProcess(Path folder, String settings, String... options) throws IOException {
    this.folder = folder;
    ServedProject.index(folder, settings);
    List<String> command = new ArrayList<>(List.of(JAVA.resolve("java").toString()));
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-Dragstream.terminals=",
            "-cp",
            System.getProperty("java.class.path"),
            Main.class.getName(),
            "serve",
            "-q")); // asks the model's server for nothing by itself
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder
        .environment()
        .put("XDG_CACHE_HOME", Path.of("target", "test-cache").toAbsolutePath().toString());
    builder.redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
    process = builder.start();
    BufferedReader told = process.errorReader(StandardCharsets.UTF_8);
    Matcher serving = SERVING.matcher("");
    List<String> before = new ArrayList<>();
    while (!serving.find()) {
      String line = told.readLine();
      if (line == null) {
        throw new AssertionError("it does not serve: " + before);
      }
      before.add(line);
      serving.reset(line);
    }
    port = Integer.parseInt(serving.group(1));
    Thread.ofVirtual().start(() -> told.lines().forEach(_ -> {}));
  }

  int port() {
    return port;
  }

  /** Asks it to stop, as {@code kill} does. */
  void terminate() {
    process.destroy();
  }

  /** Waits for its end. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(Exchange.PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
      throw new AssertionError("it does not end");
    }
    return process.exitValue();
  }

  /** How many files and sockets it has open; Linux only. */
  int descriptors() throws IOException {
    return count(Path.of("/proc", String.valueOf(process.pid()), "fd"));
  }

  /** Threads of the operating system; Linux only. */
  int threads() throws IOException {
    return count(Path.of("/proc", String.valueOf(process.pid()), "task"));
  }

  /** All threads of Java, the virtual ones too. */
  int javaThreads() throws IOException, InterruptedException {
    Path dump = folder.resolve("threads.json").toAbsolutePath();
    jcmd("Thread.dump_to_file", "-overwrite", "-format=json", dump.toString());
    return Files.readString(dump).split("\"tid\":", -1).length - 1;
  }

  /** What is alive on its heap, in bytes; collects all garbage, but for what it fills gaps with. */
  long liveHeap() throws IOException, InterruptedException {
    return jcmd("GC.class_histogram")
        .lines()
        .filter(line -> !line.contains("jdk.internal.vm.FillerElement"))
        .map(LINE::matcher)
        .filter(Matcher::find)
        .mapToLong(line -> Long.parseLong(line.group(1)))
        .sum();
  }

  private String jcmd(String... command) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(List.of(JAVA.resolve("jcmd").toString(), String.valueOf(process.pid())));
    all.addAll(List.of(command));
    Process jcmd = new ProcessBuilder(all).redirectErrorStream(true).start();
    String told = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (jcmd.waitFor() != 0) {
      throw new IOException(told);
    }
    return told;
  }

  private static int count(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return Math.toIntExact(files.count());
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
