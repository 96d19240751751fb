package dev.ragstream.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Runs every example of the help texts and of the README as it stands there. */
class ExamplesTest {

  private static final String KEY = "canary-5f1e";

  private static final String ANSWER =
      """
      data: {"choices":[{"delta":{"content":"Yes, take one [1]."}}]}

      data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":5}}

      data: [DONE]

      """;

  @TempDir private Path folder;
  private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
  private Session session;

  @BeforeEach
  void aProjectAndAServer() throws IOException {
    server.start();
    server.stubFor(
        post(urlEqualTo("/v1/chat/completions"))
            .willReturn(
                aResponse().withHeader("Content-Type", "text/event-stream").withBody(ANSWER)));
    session = new Session(folder);
    session.environment("OPENAI_API_KEY", KEY);
    session.environment("OPENAI_BASE_URL", server.baseUrl() + "/v1");
    for (String name : List.of("README.md", "docs/parking.md", "sample-data/weather.md")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "# Weather\n\nCarry an umbrella today, whoever parks a car.\n");
    }
    Files.writeString(folder.resolve("letter.txt"), "Who mends the umbrella stand?\n");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void examplesOfTheHelpTextsRun() {
    CommandLine root = ReferencePages.commandLine();
    List<String> examples = new ArrayList<>();
    for (CommandLine command : root.getSubcommands().values()) {
      examples.addAll(examples(command));
    }
    assertThat(examples).hasSizeGreaterThan(12);
    examples.addAll(examples(root));
    examples.forEach(this::runs);
  }

  @Test
  void examplesOfTheReadmeRun() throws IOException {
    List<String> examples =
        Files.readAllLines(Path.of("README.md")).stream()
            .filter(line -> line.startsWith("scripts/ragstream "))
            .map(line -> line.replaceAll("\\s+#.*", ""))
            .map(line -> line.replace("http://localhost:11434", server.baseUrl()))
            .map(line -> line.replace("scripts/ragstream", "ragstream"))
            .toList();

    assertThat(examples).hasSizeGreaterThan(6);
    examples.forEach(this::runs);
  }

  private static List<String> examples(CommandLine command) {
    return List.of(command.getCommandSpec().usageMessage().footer()).stream()
        .map(String::strip)
        .filter(line -> line.startsWith("ragstream ") || line.startsWith("cat "))
        .toList();
  }

  private void runs(String example) {
    String command = example;
    String input = "";
    if (command.startsWith("cat letter.txt | ")) {
      command = command.substring("cat letter.txt | ".length());
      input = "Who mends the umbrella stand?";
    }
    List<String> words = Session.words(command);
    Session.Outcome outcome = session.run(words.subList(1, words.size()), input);

    assertThat(outcome.exitCode()).as(example + "\n" + outcome.err()).isZero();
    assertThat(outcome.out() + outcome.err()).doesNotContain(KEY);
  }
}
