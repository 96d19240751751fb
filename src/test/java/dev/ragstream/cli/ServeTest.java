package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ragstream serve} makes of its command line, and what it tells. */
class ServeTest {

  private static final String QUESTION = "{\"question\":\"Should I carry an umbrella?\"}";

  @TempDir private Path folder;

  @Test
  void theGuidesCommandAnswersItsQuestionFromTheCassette() throws Exception {
    Path cassette = Path.of("sample-data", "cassettes", "umbrella.jsonl");
    Files.createDirectories(folder.resolve(cassette).getParent());
    Files.copy(cassette, folder.resolve(cassette));
    String command =
        Files.readAllLines(Path.of("docs/guides/front-ends.md")).stream()
            .filter(line -> line.startsWith("ragstream serve -m replay:"))
            .findFirst()
            .orElseThrow();
    List<String> words = Session.words(command);

    try (Served served = new Served(folder, Map.of(), words.subList(2, words.size()))) {
      assertThat(ask(served)).contains("event: completed").contains("umbrella");
    }
  }

  @Test
  void whatCannotBeMeantIsRefused() {
    refused("--token is empty", "--token", "");
    refused("--token is empty", "--token", " ");
    refused("and an origin has no path", "--cors", "http://localhost:5173/app");
    refused("serve.wsPort is 8080, as serve.port is", "--port", "8080", "--ws-port", "8080");
  }

  private void refused(String told, String... options) {
    List<String> words = new ArrayList<>(List.of("serve"));
    words.addAll(List.of(options));
    Session.Outcome outcome = new Session(folder).run(words, "");

    assertThat(outcome.exitCode()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(told, "→");
  }

  private static String ask(Served served) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(served.url().resolve("/stream"))
                  .POST(BodyPublishers.ofString(QUESTION))
                  .build(),
              BodyHandlers.ofString())
          .body();
    }
  }
}
