package dev.ragstream.bench;

import dev.ragstream.bench.StreamLoad.Clients;
import dev.ragstream.bench.StreamLoad.Outcome;
import dev.ragstream.bench.StreamLoad.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ragstream serve} against nginx and a small relay in Node, side by side: the same upstream,
 * the same clients, in turns. Arguments: the folder to work in, the relay's script, which parts to
 * measure between commas, and the command that starts ragstream.
 */
final class ServeBench implements AutoCloseable {

  private static final int ROUNDS = Integer.getInteger("bench.rounds", 5);
  private static final int FLAT_TOKENS = Integer.getInteger("bench.flatTokens", 100_000);
  private static final int PACE = 20;
  private static final double LATE_MILLIS = 100;
  private static final String FIRST = "paced-1";

  private final CheapUpstream upstream = new CheapUpstream();
  private final Relay nginx;
  private final Relay node;
  private final Relay ragstream;

  private ServeBench(Path folder, Path script, List<String> java)
      throws IOException, InterruptedException {
    List<String> models =
        new ArrayList<>(List.of(FIRST, "flat-" + FLAT_TOKENS, "flat-2000", "paced-40"));
    for (int seconds : List.of(10, 15, 20, 30, 60)) {
      models.add("paced-" + PACE * seconds);
    }
    nginx = Relay.nginx(Files.createDirectories(folder.resolve("nginx")), upstream.port());
    node = Relay.node(Files.createDirectories(folder.resolve("node")), script, upstream.port());
    ragstream =
        Relay.ragstream(
            Files.createTempDirectory(folder, "ragstream"), java, upstream.port(), models);
  }

  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Path.of(args[0]).toAbsolutePath();
    Files.createDirectories(folder);
    List<String> parts = List.of(args[2].split(","));
    List<String> java = Arrays.asList(args).subList(3, args.length);
    try (ServeBench bench = new ServeBench(folder, Path.of(args[1]).toAbsolutePath(), java)) {
      bench.warmUp();
      for (String part : parts) {
        switch (part) {
          case "flat" -> {
            bench.flat(1);
            bench.flat(8);
          }
          case "flat1" -> bench.flat(1);
          case "flat8" -> bench.flat(8);
          case "first" -> {
            bench.first(0);
            bench.first(200);
          }
          case "first1" -> bench.first(0);
          case "held" -> bench.held();
          case "pushed" -> bench.pushed();
          default -> throw new IllegalArgumentException(part);
        }
      }
    }
  }

  /** Each relay with the wire that it is asked over. */
  private enum Way {
    NGINX("nginx, buffering off", Wire.OPENAI),
    NODE("Node, parse and re-emit", Wire.EVENTS),
    SSE("ragstream, SSE", Wire.EVENTS),
    SOCKET("ragstream, WebSocket", Wire.FRAMES);

    private final String title;
    private final Wire wire;

    Way(String title, Wire wire) {
      this.title = title;
      this.wire = wire;
    }
  }

  private Relay relay(Way way) {
    return switch (way) {
      case NGINX -> nginx;
      case NODE -> node;
      case SSE, SOCKET -> ragstream;
    };
  }

  private Clients clients(Way way, int count, String model) {
    return new Clients(count, relay(way).port(), way.wire, model);
  }

  private void warmUp() throws IOException {
    for (int i = 0; i < 4; i++) {
      for (Way way : Way.values()) {
        checked(List.of(clients(way, 4, "flat-" + FLAT_TOKENS)), Duration.ZERO);
        checked(List.of(clients(way, 50, "flat-2000")), Duration.ZERO);
        checked(List.of(clients(way, 200, FIRST)), Duration.ofMillis(500));
      }
    }
    for (Way way : Way.values()) {
      checked(List.of(clients(way, 100, "paced-40")), Duration.ofMillis(500));
    }
  }

  private record Speed(double perSecond, double cpuMicros) {}

  private void flat(int streams) throws IOException {
    Map<Way, List<Speed>> speeds = new EnumMap<>(Way.class);
    for (int round = 0; round < ROUNDS; round++) {
      for (Way way : Way.values()) {
        long cpu = relay(way).cpuNanos();
        Outcome outcome =
            checked(List.of(clients(way, streams, "flat-" + FLAT_TOKENS)), Duration.ZERO);
        double cpuMicros = (relay(way).cpuNanos() - cpu) / 1e3 / outcome.tokens();
        speeds
            .computeIfAbsent(way, _ -> new ArrayList<>())
            .add(new Speed(outcome.perSecond(), cpuMicros));
      }
    }
    System.out.printf("%nFlat out, streams at a time: %d%n", streams);
    System.out.printf(
        "%-28s %12s %14s %10s %10s%n", "", "tokens/s", "CPU µs/token", "/ nginx", "/ Node");
    speeds.forEach((way, rounds) ->
        System.out.printf(
            "%-28s %,12.0f %14.2f %10.2f %10.2f%n",
            way.title,
            median(rounds.stream().map(Speed::perSecond).toList()),
            median(rounds.stream().map(Speed::cpuMicros).toList()),
            ratio(rounds, speeds.getOrDefault(Way.NGINX, rounds)),
            ratio(rounds, speeds.getOrDefault(Way.NODE, rounds))));
  }

  /** The median of the ratios of rounds that followed each other. */
  private static double ratio(List<Speed> rounds, List<Speed> reference) {
    List<Double> ratios = new ArrayList<>();
    for (int i = 0; i < rounds.size(); i++) {
      ratios.add(rounds.get(i).perSecond / reference.get(i).perSecond);
    }
    return median(ratios);
  }

  /** How long one client after the other waits for a first token while others are served. */
  private void first(int others) throws IOException {
    Map<Way, List<Long>> waits = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Way way : Way.values()) {
        List<Long> waited = waits.computeIfAbsent(way, _ -> new ArrayList<>());
        if (others == 0) {
          for (int i = 0; i < 40; i++) {
            waited.addAll(checked(List.of(clients(way, 1, FIRST)), Duration.ZERO).firstTokens());
          }
        } else {
          waited.addAll(
              checked(List.of(clients(way, others, "paced-40")), Duration.ofSeconds(2))
                  .firstTokens());
        }
      }
    }
    System.out.printf(
        "%nTime to the first token, paced streams at a time: %d%n", Math.max(1, others));
    Percentiles.head();
    waits.forEach((way, nanos) -> Percentiles.row(way.title, nanos));
  }

  private void held() throws IOException, InterruptedException {
    int seconds = Integer.getInteger("bench.heldSeconds", 60);
    String model = "paced-" + PACE * seconds;
    long idle = ragstream.resident();
    long cpu = ragstream.cpuNanos();
    Memory memory = new Memory(ragstream);
    upstream.late().clear();
    Outcome outcome =
        StreamLoad.run(
            List.of(clients(Way.SSE, 1000, model), clients(Way.SOCKET, 200, model)),
            Duration.ofSeconds(5));
    long most = memory.stop();
    System.out.printf("%n1,000 SSE and 200 WebSocket streams for %d s%n", seconds);
    System.out.printf("tokens %,d of %,d%n", outcome.tokens(), 1200L * PACE * seconds);
    System.out.printf("answers lost, doubled or out of order: %d%n", outcome.broken().size());
    outcome.broken().stream().limit(3).forEach(System.out::println);
    late("ragstream", outcome.late());
    late("of which the upstream", upstream.late());
    System.out.printf("CPU µs/token %.1f%n", (ragstream.cpuNanos() - cpu) / 1e3 / outcome.tokens());
    System.out.printf(
        "resident: %d MB before, %d MB at most, %.0f KB for each stream%n",
        idle >> 20, most >> 20, (most - idle) / 1024.0 / 1200);
  }

  private static void late(String who, LateTokens late) {
    System.out.printf(
        "%-24s late p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms; %,d of %,d later than %.0f ms%n",
        who,
        late.percentile(50),
        late.percentile(99),
        late.percentile(99.9),
        late.laterThan(LATE_MILLIS),
        late.count(),
        LATE_MILLIS);
  }

  /** Raises the number of streams until nginx is late, and gives ragstream as many. */
  private void pushed() throws IOException {
    int step = 200;
    int held = 0;
    System.out.printf("%nPaced streams that nginx just holds%n");
    for (int streams = Integer.getInteger("bench.pushedFrom", 1000);
        streams < 6000;
        streams += step) {
      Outcome outcome = paced(Way.NGINX, streams);
      late(streams + " over nginx", outcome.late());
      if (outcome.late().percentile(99) > LATE_MILLIS) {
        break;
      }
      held = streams;
    }
    for (int round = 0; round < 3; round++) {
      for (Way way : List.of(Way.NGINX, Way.SSE, Way.NODE)) {
        Outcome outcome = paced(way, held);
        late(held + " " + way, outcome.late());
        System.out.printf("%24s broken %d%n", "", outcome.broken().size());
      }
    }
  }

  private Outcome paced(Way way, int streams) throws IOException {
    return StreamLoad.run(
        List.of(clients(way, streams, "paced-" + PACE * 10)), Duration.ofSeconds(3));
  }

  private static Outcome checked(List<Clients> groups, Duration ramp) throws IOException {
    Outcome outcome = StreamLoad.run(groups, ramp);
    if (!outcome.broken().isEmpty()) {
      throw new IllegalStateException(outcome.broken().getFirst());
    }
    return outcome;
  }

  private static double median(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  @Override
  public void close() throws IOException {
    ragstream.close();
    node.close();
    nginx.close();
    upstream.close();
  }

  /** Looks at a relay's memory all the time. */
  private static final class Memory {

    private final Relay relay;
    private final Thread thread;
    private volatile long most;

    Memory(Relay relay) {
      this.relay = relay;
      this.thread = Thread.ofPlatform().daemon().start(this::look);
    }

    private void look() {
      try {
        while (true) {
          most = Math.max(most, relay.resident());
          Thread.sleep(250);
        }
      } catch (InterruptedException e) {
        // enough
      }
    }

    long stop() throws InterruptedException {
      thread.interrupt();
      thread.join();
      return most;
    }
  }
}
