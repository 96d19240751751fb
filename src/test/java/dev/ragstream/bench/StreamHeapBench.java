package dev.ragstream.bench;

import static dev.ragstream.model.ScriptedServer.send;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.Question;
import dev.ragstream.core.Samples;
import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ProviderFixtures;
import dev.ragstream.model.ScriptedServer;
import dev.ragstream.model.ScriptedServer.Step;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;

/** Long answers in a small heap, from a local server through the pipeline. */
final class StreamHeapBench {

  private static final int DELTAS = 200_000;
  private static final int LARGE = 2_000_000;

  private StreamHeapBench() {}

  public static void main(String[] args) {
    System.out.printf("heap of %d MiB%n", Runtime.getRuntime().maxMemory() >> 20);
    for (ProviderFixture provider : ProviderFixtures.all()) {
      run(provider, DELTAS + " deltas", manyDeltas(provider), " word".length() * (long) DELTAS);
      run(provider, "one delta of 2 MB", send(provider.text("x".repeat(LARGE))), LARGE);
    }
  }

  private static void run(ProviderFixture provider, String what, Step deltas, long expected) {
    try (ScriptedServer server = new ScriptedServer()) {
      server.script(
          send(provider.head() + provider.opening()),
          deltas,
          send(provider.end()),
          ScriptedServer.hangUp());
      AtomicLong characters = new AtomicLong();
      long start = System.nanoTime();
      Ending ending =
          Samples.pipeline(new StreamOfProvider(provider).model(server.url()))
              .answer(
                  new Question("Should I?"),
                  event -> {
                    if (event instanceof AnswerEvent.Text(String piece)) {
                      characters.addAndGet(piece.length());
                    }
                  });
      boolean passed = ending instanceof AnswerEvent.Completed && characters.get() == expected;
      System.out.printf(
          "%-22s %-18s %s in %.1f s%n",
          provider.name(),
          what,
          passed ? "passes" : "FAILS: " + ending,
          (System.nanoTime() - start) / 1e9);
    }
  }

  private static Step manyDeltas(ProviderFixture provider) {
    byte[] thousand = provider.text(" word").repeat(1000).getBytes(StandardCharsets.UTF_8);
    return client -> {
      for (int i = 0; i < DELTAS / 1000; i++) {
        send(thousand).play(client);
      }
    };
  }
}
