package dev.ragstream.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.config.SettingsLoader;
import dev.ragstream.config.SettingsSources;
import dev.ragstream.core.FailureException;
import dev.ragstream.waiting.Eventually;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings that change while a server runs. */
class ReloadTest {

  private static final String QUESTION = "{\"question\":\"Rain?\"}";
  private static final String LONG = "{\"question\":\"" + "rain ".repeat(400) + "\"}";

  private static final Eventually SOON =
      Eventually.within(Duration.ofSeconds(ServedProject.PATIENCE_SECONDS));

  @TempDir private Path folder;

  @Test
  void limitsCountForTheNextRequestAndTheNextSocket() throws Exception {
    try (ServedProject project = project("serve: {limits: {body: 1KB, frame: 1KB}}")) {
      assertThat(project.post("/api/search", LONG).statusCode()).isEqualTo(413);
      assertThat(project.ask(LONG)).isEqualTo("closed with 1009");

      project.settings("serve: {limits: {body: 10KB, frame: 10KB}}");
      assertThat(project.serving().reload()).isEmpty();

      assertThat(project.post("/api/search", LONG).statusCode()).isEqualTo(200);
      assertThat(project.ask(LONG)).contains("\"type\":\"completed\"");
    }
  }

  @Test
  void whoMayComeInAndHowOftenIsReadAgain() throws Exception {
    try (ServedProject project = project("")) {
      assertThat(from(project, "http://localhost:5173")).isEqualTo(403);
      project.settings("serve: {cors: [\"http://localhost:5173\"]}");
      project.serving().reload();
      assertThat(from(project, "http://localhost:5173")).isEqualTo(200);

      project.settings("serve: {limits: {perMinute: 1}}");
      project.serving().reload();
      assertThat(project.post("/stream", QUESTION).statusCode()).isEqualTo(200);
      assertThat(project.post("/stream", QUESTION).statusCode()).isEqualTo(429);

      project.settings("serve: {token: canary}");
      project.serving().reload();
      assertThat(project.get("/healthz").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void anotherPortIsToldToNeedARestart() throws Exception {
    try (ServedProject project = project("");
        SettingsWatch _ = watch(project)) {
      project.settings("serve: {host: localhost, wsPort: 8961}");

      await(
          project,
          "the settings were read again; serve.host and serve.wsPort will count after a restart");
      assertThat(project.get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void troubleThatIsNotUnderstoodIsToldAndTheOldOneStays() throws Exception {
    try (ServedProject project = project("serve: {rehearse: \"503\"}");
        SettingsWatch _ = watch(project)) {
      project.settings("serve: {rehearse: \"luck=1\"}");

      await(project, "the old settings stay: serve.rehearse cannot be luck=1");
      assertThat(project.post("/stream", QUESTION).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void aServerOnTheNetworkIsNeverLeftWithoutItsToken() {
    ServedProject.write(
        folder.resolve("ragstream.yaml"), "serve: {host: 0.0.0.0, token: canary}\n");
    try (Serving serving = new Serving(this::assembly)) {
      ServedProject.write(folder.resolve("ragstream.yaml"), "serve: {host: 127.0.0.1}\n");

      FailureException refused = catchThrowableOfType(FailureException.class, serving::reload);

      assertThat(refused.failure().problem()).contains("0.0.0.0", "there is no token");
      assertThat(serving.options().token()).isNotNull();
    }
  }

  @Test
  void aTemplateThatChangesIsUsedAndABrokenOneIsNot() throws Exception {
    Path template = folder.resolve("prompts/brief.yaml");
    ServedProject.write(template, template("Be brief."));
    try (ServedProject project = project("prompt: {template: prompts/brief.yaml}");
        SettingsWatch _ = watch(project)) {
      assertThat(project.post("/api/prompt", QUESTION).body()).contains("Be brief.");

      ServedProject.write(template, template("{{unknown}}"));
      await(project, "the old settings stay: ");
      assertThat(project.post("/api/prompt", QUESTION).body()).contains("Be brief.");

      ServedProject.write(template, template("Take your time."));
      await(project, "the settings were read again");
      assertThat(project.post("/api/prompt", QUESTION).body()).contains("Take your time.");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', holds no settings any more",
    "'\n', holds no settings any more",
    "'# token: canary\n# more to come', holds no settings any more",
    "'---\n# cut off\nserve:\n', holds no settings any more",
    "'{}', holds no settings any more",
    ", is no longer there"
  })
  void aSettingsFileThatIsEmptiedOrGoneTakesNothingAway(@Nullable String left, String told)
      throws Exception {
    Path file = folder.resolve("ragstream.yaml");
    try (ServedProject project =
            project(
                """
                serve:
                  token: canary
                  organisations: {"1": Harbour office}
                  organisationField: organisation
                """);
        SettingsWatch _ = watch(project)) {
      if (left == null) {
        Files.delete(file);
      } else {
        Files.writeString(file, left);
      }
      await(project, "the old settings stay: ragstream.yaml " + told);

      assertThat(project.get("/healthz").statusCode()).isEqualTo(401);
      assertThat(found(project, "canary")).contains("names no organisation");

      project.settings("serve: {token: another}");
      await(project, "the settings were read again");

      assertThat(found(project, "another")).contains("Rain from noon.");
      assertThat(project.get("/healthz").statusCode()).isEqualTo(401);
    }
  }

  @Test
  void whoBeginsWithCommentsAloneMayGoOnWithThem() throws Exception {
    try (ServedProject project = project("# Nothing yet.\n");
        SettingsWatch _ = watch(project)) {
      project.settings("# Nothing, still.\n# serve: {token: canary}\n");
      await(project, "the settings were read again");

      project.settings("serve: {token: canary}\n");
      SOON.see(
          "a token wanted", () -> project.get("/healthz").statusCode(), status -> status == 401);
      project.settings("# serve: {token: canary}\n");
      await(project, "the old settings stay: ragstream.yaml holds no settings any more");

      assertThat(project.get("/healthz").statusCode()).isEqualTo(401);
    }
  }

  /** As an editor does it that empties a file before it writes it. */
  @Test
  void aFileThatIsStillBeingWrittenIsNotReadYet() throws Exception {
    try (ServedProject project = project("serve: {token: canary}");
        SettingsWatch _ =
            new SettingsWatch(
                project.serving(), folder, Duration.ofSeconds(2), project.notices::add)) {
      project.settings("");
      project.settings("serve:\n");
      project.settings("serve: {token: another}");
      await(project, "the settings were read again");

      assertThat(project.notices).hasSize(1);
      assertThat(found(project, "another")).contains("Rain from noon.");
    }
  }

  @Test
  void aTemplateThatWasRefusedWhenItWasFirstNamedIsReadAgainWhenItChanges() throws Exception {
    Path template = folder.resolve("prompts/brief.yaml");
    ServedProject.write(template, template("{{unknown}}"));
    try (ServedProject project = project("");
        SettingsWatch _ = watch(project)) {
      project.settings("prompt: {template: prompts/brief.yaml}");
      await(project, "the old settings stay: ");

      ServedProject.write(template, template("Be brief."));
      await(project, "the settings were read again");

      assertThat(project.post("/api/prompt", QUESTION).body()).contains("Be brief.");
    }
  }

  private static String found(ServedProject project, String token) throws Exception {
    return project
        .send(
            project
                .request("/api/search")
                .header("Authorization", "Bearer " + token)
                .POST(BodyPublishers.ofString(QUESTION)))
        .body();
  }

  private static String template(String system) {
    return "messages:\n  - role: system\n    content: \""
        + system
        + "\"\n  - role: user\n    content: \"{{question}} {{#passages}}{{text}}{{/passages}}\"\n";
  }

  private static int from(ServedProject project, String origin) throws Exception {
    return project.send(project.request("/healthz").header("Origin", origin)).statusCode();
  }

  private SettingsWatch watch(ServedProject project) {
    return new SettingsWatch(
        project.serving(), folder, Duration.ofMillis(50), project.notices::add);
  }

  private static void await(ServedProject project, String notice) {
    SOON.see(
        "this notice: " + notice,
        () -> List.copyOf(project.notices),
        notices -> notices.stream().anyMatch(each -> each.startsWith(notice)));
  }

  private Assembly assembly() {
    return new Assembly(
        SettingsLoader.load(new SettingsSources(folder, Map.of())),
        new Surroundings(folder.resolve("cache"), Map.of(), true, _ -> {}));
  }

  private ServedProject project(String settings) {
    ServedProject.write(folder.resolve("docs/weather.md"), "# Weather\n\nRain from noon.\n");
    ServedProject project = new ServedProject(folder, settings);
    project.index("docs");
    return project;
  }
}
