package dev.ragstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.config.PromptSettings.TokenEncoding;
import dev.ragstream.core.Retrieval.Mode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsLayersTest {

  private static final RetrievalSettings.Rerank NO_RERANK =
      new RetrievalSettings.Rerank(
          null,
          null,
          null,
          Map.of(),
          30,
          RetrievalSettings.Rerank.Style.COHERE,
          Duration.ofSeconds(10),
          Duration.ofSeconds(30));

  private static final RetrievalSettings.Boost NO_BOOST =
      new RetrievalSettings.Boost(null, 7, 25, 1000);

  private SettingsFolder user;

  @BeforeEach
  void aUser(@TempDir Path temporary) {
    user = new SettingsFolder(temporary);
  }

  @Test
  void withoutAnyFileEverythingHasItsDefault() {
    Settings settings = user.load();

    assertThat(settings.store())
        .isEqualTo(
            new StoreSettings(
                StoreSettings.Type.LUCENE,
                user.project.resolve(".ragstream/index"),
                List.of(),
                new IndexName("ragstream"),
                null,
                null,
                null,
                null,
                null,
                Duration.ofSeconds(5),
                Duration.ofSeconds(60),
                new StoreSettings.Fields(List.of(), null, null, null, List.of())));
    assertThat(settings.embedding())
        .isEqualTo(
            new EmbeddingSettings(
                new EmbedderName(EmbedderName.Provider.BUNDLED, "bge-small-en"),
                true,
                null,
                null,
                Map.of(),
                null,
                512,
                null,
                null,
                64,
                4,
                Duration.ofSeconds(10),
                Duration.ofSeconds(60)));
    assertThat(settings.chunking()).isEqualTo(new Settings.Chunking(256, 32));
    assertThat(settings.ingest())
        .isEqualTo(
            new Settings.Ingest(
                List.of(),
                List.of(),
                new ByteSize(256_000_000),
                new Settings.Ingest.Fields(List.of(), null, null)));
    assertThat(settings.retrieval())
        .isEqualTo(new RetrievalSettings(Mode.HYBRID, 5, 50, 0, NO_RERANK, NO_BOOST));
    assertThat(settings.prompt())
        .isEqualTo(
            new PromptSettings(
                new TemplateSource.Named("default"), 4096, 1024, TokenEncoding.O200K_BASE));
    assertThat(settings.llm())
        .isEqualTo(
            new LlmSettings(
                new ModelName(ModelName.Provider.EXTRACTIVE, ""),
                null,
                null,
                LlmSettings.Thinking.AUTO,
                Map.of(),
                null,
                Duration.ofSeconds(10),
                Duration.ofSeconds(120),
                Duration.ofSeconds(120),
                null,
                new LlmSettings.Options(null, null, null, null, List.of(), Map.of()),
                new LlmSettings.Response(LlmSettings.Framing.SSE, null, null, null, null, null)));
    assertThat(settings.projectFolder()).isEqualTo(user.project);
    assertThat(settings.given().values())
        .allSatisfy(given -> assertThat(given.origin()).isEqualTo(new Origin.Standard()));
  }

  @Test
  void eachLayerWinsOverTheOneBeforeIt() {
    user.userFile("retrieval: {topK: 2}\nprofiles: {p: {retrieval: {topK: 4}}}");
    assertThat(topK()).isEqualTo("2 home/.config/ragstream/config.yaml:1");
    user.projectFile("retrieval:\n  topK: 3");
    assertThat(topK()).isEqualTo("3 ragstream.yaml:2");
    user.profile("p");
    assertThat(topK()).isEqualTo("4 home/.config/ragstream/config.yaml:2");
    user.environment("RAGSTREAM_RETRIEVAL_TOP_K", "6");
    assertThat(topK()).isEqualTo("6 RAGSTREAM_RETRIEVAL_TOP_K");
    user.set("retrieval.topK=7");
    assertThat(topK()).isEqualTo("7 --set retrieval.topK");
    user.set("retrieval.topK=8");
    assertThat(topK()).isEqualTo("8 --set retrieval.topK");
  }

  @Test
  void theFilesThatWereReadAreNamed() {
    assertThat(user.load().files()).isEmpty();
    user.userFile("llm: {}").projectFile("llm: {}");
    assertThat(user.load().files())
        .containsExactly(
            user.home.resolve(".config/ragstream/config.yaml").toString(), "ragstream.yaml");
  }

  private String topK() {
    Settings settings = user.load();
    Path temporary = user.project.resolveSibling("");
    String origin = settings.origin("retrieval.topK").toString();
    return settings.retrieval().topK() + " " + origin.replace(temporary + "/", "");
  }

  @Test
  void filesAreMergedSettingBySetting() {
    user.userFile("llm: {model: 'openai:a', options: {temperature: 0.5}}");
    user.projectFile("llm: {model: 'openai:b'}");

    assertThat(user.load().llm().model()).isEqualTo(new ModelName(ModelName.Provider.OPENAI, "b"));
    assertThat(user.load().llm().options().temperature()).isEqualTo(0.5);
  }

  @Test
  void theProjectFileIsLookedForUpwards() {
    user.projectFile("retrieval: {topK: 3}").workingIn("docs/deep");

    assertThat(user.load().retrieval().topK()).isEqualTo(3);
    assertThat(user.load().projectFolder()).isEqualTo(user.project);
    assertThat(user.load().store().path()).isEqualTo(user.project.resolve(".ragstream/index"));
  }

  @Test
  void theNearestProjectFileAloneCounts() {
    user.projectFile("retrieval: {topK: 3, mode: vector}")
        .write(user.project.resolve("docs/ragstream.yaml"), "retrieval: {topK: 4}")
        .workingIn("docs/deep");

    assertThat(user.load().retrieval().topK()).isEqualTo(4);
    assertThat(user.load().retrieval().mode()).isEqualTo(Mode.HYBRID);
  }

  @Test
  void aNamedFileTakesThePlaceOfTheProjectFile() {
    user.projectFile("retrieval: {topK: 3}")
        .write(user.project.resolve("other/wide.yaml"), "retrieval: {topK: 12}")
        .file("other/wide.yaml");

    assertThat(user.load().retrieval().topK()).isEqualTo(12);
    assertThat(user.load().projectFolder()).isEqualTo(user.project.resolve("other"));
  }

  @Test
  void theUsersFolderCanBeElsewhere() {
    Path elsewhere = user.home.resolve("elsewhere");
    user.write(elsewhere.resolve("ragstream/config.yaml"), "retrieval: {topK: 9}")
        .environment("XDG_CONFIG_HOME", elsewhere.toString());

    assertThat(user.load().retrieval().topK()).isEqualTo(9);
  }

  @Test
  void pathsStartAtTheFolderOfTheFileThatSetsThem() {
    user.userFile("store: {path: shared}\nprompt: {template: templates/terse.yaml}");
    Path config = user.home.resolve(".config/ragstream");
    assertThat(user.load().store().path()).isEqualTo(config.resolve("shared"));
    assertThat(user.load().prompt().template())
        .isEqualTo(new TemplateSource.InFile(config.resolve("templates/terse.yaml")));

    user.projectFile("").workingIn("docs").set("store.path=../index");
    assertThat(user.load().store().path()).isEqualTo(user.project.resolveSibling("index"));
  }

  @Test
  void underscoresWithinAKeyDoNotCount() {
    user.environment("RAGSTREAM_RETRIEVAL_TOPK", "6")
        .environment("RAGSTREAM_INGEST_FIELDS_TEXT", "question,answer")
        .environment("RAGSTREAM_LLM_BASE_URL", "http://localhost:8000/v1");

    assertThat(user.load().retrieval().topK()).isEqualTo(6);
    assertThat(user.load().ingest().fields().text()).containsExactly("question", "answer");
    assertThat(user.load().llm().baseUrl()).isEqualTo(URI.create("http://localhost:8000/v1"));
  }

  @Test
  void aVariableThatIsEmptyIsAsGoodAsNotSet() {
    user.environment("RAGSTREAM_RETRIEVAL_TOPK", "")
        .environment("RAGSTREAM_HOME", "/opt/ragstream");

    assertThat(user.load().retrieval().topK()).isEqualTo(5);
  }

  @Test
  void aFlagCanTakeASettingBack() {
    user.projectFile("llm: {baseUrl: 'http://localhost:8000/v1', options: {maxTokens: 5}}")
        .set("llm.baseUrl=")
        .set("llm.options.maxTokens=");

    assertThat(user.load().llm().baseUrl()).isNull();
    assertThat(user.load().llm().options().maxTokens()).isNull();
  }

  @Test
  void candidatesAreAtLeastTwiceTheTopK() {
    user.set("retrieval.topK=40");

    assertThat(user.load().retrieval().candidates()).isEqualTo(80);
    assertThat(user.load().given().get("retrieval.candidates"))
        .isEqualTo(new Settings.Given("50", new Origin.Standard()));
  }

  @Test
  void aProfileOfBothFilesIsTheTwoOverEachOther() {
    user.userFile("profiles: {wide: {retrieval: {topK: 20, mode: vector}}}")
        .projectFile("profiles: {wide: {retrieval: {topK: 30}}, other: {}}")
        .profile("wide");

    assertThat(user.load().retrieval())
        .isEqualTo(new RetrievalSettings(Mode.VECTOR, 30, 60, 0, NO_RERANK, NO_BOOST));
  }

  @Test
  void emptyFilesAndSectionsAreFine() {
    Settings defaults = user.load();

    for (String text :
        List.of("", "\n", "# nothing\n", "---\n", "\uFEFF", "retrieval:\nllm: ~\n")) {
      user.projectFile(text);
      assertThat(user.load())
          .as(text)
          .usingRecursiveComparison()
          .ignoringFields("files")
          .isEqualTo(defaults);
    }
  }
}
