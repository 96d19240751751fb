package dev.ragstream.cli;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.WireMockServer;
import dev.ragstream.elastic.ElasticNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import picocli.CommandLine;

/** Runs every example of the help texts, the README and the guides as it stands there. */
@ExtendWith(ElasticNode.class)
class ExamplesTest {

  private static final String KEY = "canary-5f1e";

  /** A step of a workflow that is one of our commands. */
  private static final Pattern STEP = Pattern.compile("(?m)^ +- run: (ragstream .*)$");

  private static final String ANSWER =
      """
      data: {"choices":[{"delta":{"content":"Yes, take one [1]."}}]}

      data: {"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":900,"completion_tokens":5}}

      data: [DONE]

      """;

  /** Ollama's way of saying the same. */
  private static final String OLLAMA_ANSWER =
      """
      {"message":{"role":"assistant","content":"Yes, take one [1]."},"done":false}
      {"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":900,"eval_count":5}
      """;

  @TempDir private Path folder;
  private final WireMockServer server = new WireMockServer(wireMockConfig().dynamicPort());
  private Session session;

  @BeforeEach
  void aProjectAndServers(URI node) throws IOException {
    server.start();
    server.stubFor(
        post(urlEqualTo("/v1/chat/completions"))
            .willReturn(
                aResponse().withHeader("Content-Type", "text/event-stream").withBody(ANSWER)));
    server.stubFor(
        post(urlEqualTo("/api/chat"))
            .willReturn(
                aResponse()
                    .withHeader("Content-Type", "application/x-ndjson")
                    .withBody(OLLAMA_ANSWER)));
    server.stubFor(
        get(urlEqualTo("/api/tags"))
            .willReturn(okJson("{\"models\":[{\"name\":\"deepseek-r1:latest\"}]}")));
    session = new Session(folder);
    session.environment("OLLAMA_HOST", server.baseUrl());
    session.environment("OPENAI_API_KEY", KEY);
    session.environment("OPENAI_BASE_URL", server.baseUrl() + "/v1");
    session.environment("RAGSTREAM_STORE_URL", node.toString());
    session.environment("RAGSTREAM_STORE_INDEX", "examples-" + UUID.randomUUID());
    for (String name : List.of("README.md", "docs/parking.md", "sample-data/weather.md")) {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "# Weather\n\nCarry an umbrella today, whoever parks a car.\n");
    }
    Path cassette = Path.of("sample-data", "cassettes", "umbrella.jsonl");
    Files.createDirectories(folder.resolve(cassette).getParent());
    Files.copy(cassette, folder.resolve(cassette));
    Files.writeString(folder.resolve("letter.txt"), "Who mends the umbrella stand?\n");
    Files.writeString(folder.resolve("questions.txt"), "Who mends the umbrella stand?\n");
    Files.writeString(folder.resolve("sample-data/questions.yaml"), "questions: [Umbrella?]\n");
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
      command.getSubcommands().values().forEach(inner -> examples.addAll(examples(inner)));
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

  static List<Path> guides() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("docs", "guides"))) {
      return files.sorted().toList();
    }
  }

  /** Those of a guide build on each other, and on the files that it shows. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("guides")
  void examplesOfTheGuidesRun(Path guide) throws IOException {
    String fence = "";
    Path file = null;
    List<String> content = new ArrayList<>();
    int commands = 0;
    for (String line : Files.readAllLines(guide)) {
      if (line.startsWith("```")) {
        if (file != null) {
          Files.createDirectories(file.getParent());
          Files.write(file, content);
        }
        content.clear();
        fence = line.substring(3);
        int name = fence.indexOf(' ') + 1;
        file = name > 0 ? folder.resolve(fence.substring(name)) : null;
      } else if (file != null) {
        content.add(line);
      } else if (fence.equals("sh")) {
        assertThat(line).as("a command to run").startsWith("ragstream ");
        runs(line.replaceAll("\\s+#.*", ""));
        commands++;
      }
    }
    assertThat(commands).isPositive();
  }

  /** The question is quoted all over the documentation, which must not be what it finds. */
  @Test
  void theFirstGuideFollowedInACheckoutAnswersFromTheDocumentsThatItIsAbout() throws IOException {
    copy(Path.of("docs"));
    copy(Path.of("sample-data"));
    List<String> commands =
        Files.readAllLines(Path.of("docs", "guides", "first-prompt.md")).stream()
            .filter(line -> line.startsWith("ragstream "))
            .takeWhile(line -> !line.startsWith("ragstream search"))
            .toList();
    assertThat(commands).hasSize(3);
    Session.Outcome last = new Session.Outcome(-1, "", "");
    for (String command : commands) {
      List<String> words = Session.words(command);
      last = session.run(words.subList(1, words.size()), "");
      assertThat(last.exitCode()).as(command + "\n" + last.err()).isZero();
    }

    assertThat(last.out()).startsWith("Carry an umbrella today").contains("[1]");
    assertThat(last.err()).contains("sample-data/weather/bulletin").doesNotContain("docs/");
  }

  private void copy(Path from) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(file.toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  /** On a checkout of what the guide has its reader commit. */
  @Test
  void theWorkflowOfTheGuideRuns() throws IOException {
    examplesOfTheGuidesRun(Path.of("docs", "guides", "ci.md"));
    String workflow = Files.readString(folder.resolve(".github/workflows/prompts.yml"));
    new Load(LoadSettings.builder().build()).loadFromString(workflow);
    Files.move(folder.resolve(".ragstream"), folder.resolve("elsewhere"));

    List<String> steps = STEP.matcher(workflow).results().map(result -> result.group(1)).toList();
    assertThat(steps).hasSize(3);
    steps.forEach(this::runs);

    Files.writeString(folder.resolve("docs/parking.md"), "# Umbrellas\n\nLeave it at home.\n");
    runs(steps.getFirst());
    for (String check : steps.subList(1, 3)) {
      List<String> words = Session.words(check);
      Session.Outcome outcome = session.run(words.subList(1, words.size()), "");
      assertThat(outcome.exitCode()).as(check).isEqualTo(ExitCode.CHECKS_FAILED);
    }
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
    if (words.get(1).equals("serve")) {
      // It would run until it is told to stop; that it starts and stops is ServeProcessTest's.
      ReferencePages.commandLine().parseArgs(words.subList(1, words.size()).toArray(String[]::new));
      return;
    }
    Session.Outcome outcome = session.run(words.subList(1, words.size()), input);

    assertThat(outcome.exitCode()).as(example + "\n" + outcome.err()).isZero();
    assertThat(outcome.out() + outcome.err()).doesNotContain(KEY);
  }
}
