package dev.ragstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.model.ScriptedServer;
import dev.ragstream.server.Backend.Part;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ragstream serve} makes of its command line, and what it tells. */
class ServeTest {

  private static final String QUESTION = "{\"question\":\"Should I carry an umbrella?\"}";

  private static final long PATIENCE_SECONDS = 120;

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
  void theBannerTellsWhereItServesAndFromWhat() {
    try (Served served = new Served(folder, Map.of(), List.of())) {
      assertThat(banner(served))
          .isEqualTo(
              """
              serving on http://127.0.0.1:PORT
                model   extractive
                store   FOLDER/.ragstream/index
                routes  / · /stream · /ws_chat · /v1/chat/completions · /api/chat · /healthz
                stop    Ctrl-C
              """);
    }
  }

  @Test
  void theBannerTellsWhatIsUnusualAndNoToken() {
    List<String> options =
        List.of(
            "--ws-port",
            "0",
            "--wire",
            "classic",
            "--token",
            "canary",
            "--cors",
            "http://localhost:5173,https://rag.example.org",
            "--rehearse",
            "rate=5/s");
    try (Served served = new Served(folder, Map.of(), options)) {
      assertThat(banner(served))
          .isEqualTo(
              """
              serving on http://127.0.0.1:PORT
              serving on http://127.0.0.1:PORT
                model   extractive
                store   FOLDER/.ragstream/index
                routes  / · /stream · /ws_chat · /v1/chat/completions · /api/chat · /healthz
                wire    classic: /stream and /ws_chat answer as the older services did
                token   wanted: Authorization: Bearer TOKEN
                cors    http://localhost:5173 · https://rag.example.org
                trouble rate=5/s, on purpose (serve.rehearse)
                stop    Ctrl-C
              """);
      assertThat(served.said()).doesNotContain("canary");
    }
  }

  private String banner(Served served) {
    String last = "Ctrl-C\n";
    String said = served.said();
    return said.substring(0, said.indexOf(last) + last.length())
        .replaceAll(":\\d+\n", ":PORT\n")
        .replace(folder.toString(), "FOLDER");
  }

  @Test
  void whatIsNotReadyIsToldWithWhatToDo() throws Exception {
    List<String> gone = List.of("-m", "ollama:m", "--set", "llm.baseUrl=http://127.0.0.1:1");
    try (Served served = new Served(folder, Map.of(), gone)) {
      String said = served.await("llm.baseUrl");

      assertThat(said)
          .contains("warning: not ready: there is no index", "ragstream index")
          .contains("warning: not ready: ", "127.0.0.1:1");
      assertThat(said.indexOf("no index")).isGreaterThan(said.indexOf("Ctrl-C"));
    }
  }

  @Test
  void theLookForWhatIsNotReadyHoldsUpNeitherTheStartNorTheEnd() throws Exception {
    try (ScriptedServer model = new ScriptedServer()) {
      Map<String, String> environment = Map.of("OPENAI_BASE_URL", model.url().toString());
      String said;
      try (Served served =
          Served.indexed(weather(), environment, List.of("-m", "openai:m"), "docs")) {
        model.awaitRequest();
        assertThat(status(served, "/healthz")).isEqualTo(200);
        said = served.said();
      }

      assertThat(model.requests()).singleElement().asString().startsWith("GET /v1/models ");
      assertThat(said).contains("Ctrl-C").doesNotContain("not ready");
    }
  }

  @Test
  void aLookThatFailsIsToldAndNothingElse() throws Exception {
    BlockingQueue<String> told = new LinkedBlockingQueue<>();
    Supplier<List<Part>> broken =
        () -> {
          throw new IllegalStateException("it broke");
        };
    try (StartCheck _ = new StartCheck(broken, (problem, _) -> told.add(problem))) {
      assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).endsWith("it broke");
    }
  }

  @Test
  void anAnswerThatFailsIsToldOnce() throws Exception {
    Map<String, String> environment =
        Map.of("OPENAI_BASE_URL", "http://127.0.0.1:1", "OPENAI_API_KEY", "canary-key");
    try (Served served =
        Served.indexed(weather(), environment, List.of("-m", "openai:m"), "docs")) {
      for (int i = 0; i < 3; i++) {
        assertThat(ask(served)).contains("event: failed");
      }

      assertThat(served.await("an answer failed"))
          .containsOnlyOnce("an answer failed, upstream_unreachable: ")
          .contains("127.0.0.1:1")
          .doesNotContain("canary-key");
    }
  }

  private Path weather() throws IOException {
    Files.createDirectories(folder.resolve("docs"));
    Files.writeString(folder.resolve("docs/weather.md"), "# Weather\n\nCarry an umbrella.\n");
    return folder;
  }

  private static int status(Served served, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client
          .send(
              HttpRequest.newBuilder(served.url().resolve(path)).build(), BodyHandlers.discarding())
          .statusCode();
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
