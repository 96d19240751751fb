package dev.ragstream.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long commands take from the shell's point of view, each against another program's: {@code
 * WORK_DIR RAGSTREAM JAVA JAR PROMPTFOO_DIR ROUNDS}. In each round every program runs once, so that
 * what else the machine does hits them all.
 */
final class StartBench {

  private static final String QUESTION = "Should I carry an umbrella?";

  private final Path work;
  private final Map<String, List<String>> programs = new LinkedHashMap<>();
  private final Map<String, List<Long>> nanos = new LinkedHashMap<>();

  private StartBench(Path work) {
    this.work = work;
  }

  public static void main(String[] args) throws Exception {
    StartBench bench = new StartBench(Path.of(args[0]));
    String ragstream = args[1];
    Path promptfoo = Path.of(args[4]);
    bench.programs.put("node -e 0", List.of("node", "-e", "0"));
    bench.programs.put("ragstream --version", List.of(ragstream, "--version"));
    bench.programs.put("ragstream search", List.of(ragstream, "search", QUESTION));
    bench.programs.put("ragstream ask", List.of(ragstream, "ask", QUESTION));
    bench.programs.put(
        "java -cp … Main --version",
        List.of(args[2], "-cp", args[3], "dev.ragstream.cli.Main", "--version"));
    bench.programs.put(
        "java -cp … Main search",
        List.of(args[2], "-cp", args[3], "dev.ragstream.cli.Main", "search", QUESTION));
    if (Files.isDirectory(promptfoo)) {
      bench.programs.put(
          "npx promptfoo --version",
          List.of("npx", "--prefix", promptfoo.toString(), "promptfoo", "--version"));
    } else {
      System.out.println("promptfoo is not installed, and left out");
    }
    bench.run(Integer.parseInt(args[5]));
    bench.report();
  }

  private void run(int rounds) throws IOException, InterruptedException {
    for (int round = -1; round < rounds; round++) {
      for (Map.Entry<String, List<String>> program : programs.entrySet()) {
        long taken = nanos(program.getValue());
        if (round >= 0) {
          nanos.computeIfAbsent(program.getKey(), _ -> new ArrayList<>()).add(taken);
        }
      }
    }
  }

  private long nanos(List<String> command) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD);
    builder.environment().put("PROMPTFOO_DISABLE_TELEMETRY", "1");
    builder.environment().put("PROMPTFOO_DISABLE_UPDATE", "1");
    long start = System.nanoTime();
    int code = builder.start().waitFor();
    long taken = System.nanoTime() - start;
    if (code != 0) {
      throw new IllegalStateException(command + " ended with " + code);
    }
    return taken;
  }

  private void report() {
    Percentiles.head();
    nanos.forEach(Percentiles::row);
    System.out.println();
    ratio("ragstream --version", "node -e 0", 2.5);
    ratio("ragstream search", "java -cp … Main search", 0.45);
    ratio("ragstream search", "npx promptfoo --version", 0.6);
  }

  private void ratio(String what, String reference, double asked) {
    List<Long> ours = nanos.get(what);
    List<Long> theirs = nanos.get(reference);
    if (ours != null && theirs != null) {
      System.out.printf(
          "%s / %s: %.2f (asked: ≤ %.2f)%n",
          what, reference, Percentiles.of(ours, 50) / Percentiles.of(theirs, 50), asked);
    }
  }
}
