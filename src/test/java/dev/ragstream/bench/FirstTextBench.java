package dev.ragstream.bench;

import static dev.ragstream.model.ScriptedServer.send;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Question;
import dev.ragstream.core.Samples;
import dev.ragstream.model.ProviderFixture;
import dev.ragstream.model.ProviderFixtures;
import dev.ragstream.model.ScriptedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How much later than a bare HTTP client a reader of the pipeline has the first text, from the same
 * local server: {@code [ROUNDS]}.
 */
final class FirstTextBench {

  private static final String FIRST = "Yes";
  private static final Question QUESTION = new Question("Should I carry an umbrella?");

  private FirstTextBench() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 500;
    for (ProviderFixture provider : ProviderFixtures.all()) {
      measure(new StreamOfProvider(provider), rounds);
    }
  }

  private static void measure(StreamOfProvider stream, int rounds)
      throws IOException, InterruptedException {
    ProviderFixture provider = stream.provider();
    String answer =
        provider.head()
            + provider.opening()
            + provider.text(FIRST)
            + provider.text(", do.")
            + provider.end();
    List<Long> bare = new ArrayList<>();
    List<Long> ours = new ArrayList<>();
    try (ScriptedServer server = new ScriptedServer();
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      Pipeline pipeline = Samples.pipeline(stream.model(server.url()));
      HttpRequest request =
          HttpRequest.newBuilder(stream.asked(server.url()))
              .POST(BodyPublishers.ofString("{\"stream\":true}"))
              .build();
      for (int i = 0; i < 2 * rounds; i++) {
        server.script(send(answer), ScriptedServer.hangUp());
        server.script(send(answer), ScriptedServer.hangUp());
        // Whoever is second may find the machine warmer, so they take turns.
        long oursFirst = i % 2 == 0 ? throughPipeline(pipeline) : -1;
        long reference = bare(client, request);
        long own = oursFirst < 0 ? throughPipeline(pipeline) : oursFirst;
        if (i >= rounds) {
          bare.add(reference);
          ours.add(own);
        }
      }
    }
    System.out.printf("%s, %d rounds%n", provider.name(), rounds);
    Percentiles.head();
    Percentiles.row("bare HttpClient, first text", bare);
    Percentiles.row("Pipeline, first text", ours);
    System.out.printf(
        "difference of the p50s %.2f ms%n", Percentiles.of(ours, 50) - Percentiles.of(bare, 50));
  }

  private static long throughPipeline(Pipeline pipeline) {
    FirstText reader = new FirstText();
    if (!(pipeline.answer(QUESTION, reader::read) instanceof Completed)) {
      throw new IllegalStateException("no answer");
    }
    return reader.after;
  }

  private static long bare(HttpClient client, HttpRequest request)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    long first = -1;
    StringBuilder read = new StringBuilder();
    byte[] buffer = new byte[16 << 10];
    try (InputStream in = client.send(request, BodyHandlers.ofInputStream()).body()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        read.append(new String(buffer, 0, count, StandardCharsets.UTF_8));
        if (first < 0 && read.indexOf(FIRST) >= 0) {
          first = System.nanoTime() - start;
        }
      }
    }
    return first;
  }

  private static final class FirstText {

    private final long start = System.nanoTime();
    private long after = -1;

    void read(AnswerEvent event) {
      if (after < 0 && event instanceof AnswerEvent.Text) {
        after = System.nanoTime() - start;
      }
    }
  }
}
