package dev.ragstream.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StarterFileTest {

  @Test
  void itExplainsEverySetting() throws IOException {
    try (InputStream golden = getClass().getResourceAsStream("starter.yaml")) {
      assertThat(StarterFile.text())
          .isEqualTo(new String(requireNonNull(golden).readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void loadingItGivesTheDefaults(@TempDir Path temporary) {
    SettingsFolder user = new SettingsFolder(temporary);
    Settings defaults = user.load();

    Settings loaded = user.projectFile(StarterFile.text()).load();

    assertThat(loaded)
        .usingRecursiveComparison()
        .ignoringFields("given", "files")
        .isEqualTo(defaults);
    assertThat(loaded.given()).isNotEqualTo(defaults.given());
  }

  @ParameterizedTest
  @ValueSource(strings = {"(user|password|caFingerprint)", "(apiKey|caFile)"})
  void itsExamplesWorkOnceTheyAreUncommented(String excluded, @TempDir Path temporary) {
    String[] sections = StarterFile.text().split("(?=# How text becomes vectors)", 2);
    String text =
        (sections[0].replaceAll("  # %s: .*".formatted(excluded), "") + sections[1])
            .replaceAll("(?m)^( +)# ( *[a-z][a-zA-Z]*:( .*)?)$", "$1$2")
            .replace("type: lucene", "type: elasticsearch");
    SettingsFolder user =
        new SettingsFolder(temporary)
            .projectFile(text)
            .environment("OPENAI_API_KEY", "k")
            .environment("TEAM_TOKEN", "t")
            .environment("ELASTICSEARCH_URL", "https://localhost:9200")
            .environment("ELASTICSEARCH_USER", "elastic")
            .profile("wide");

    Settings settings = user.load();

    assertThat(settings.retrieval().topK()).isEqualTo(12);
    assertThat(settings.given().entrySet())
        .filteredOn(given -> !given.getKey().matches("store\\." + excluded))
        .allSatisfy(
            given -> assertThat(given.getValue().origin()).isInstanceOf(Origin.FileLine.class));
  }

  @Test
  void theProfileEsIsForAClusterOnThisMachine(@TempDir Path temporary) {
    Settings settings =
        new SettingsFolder(temporary).projectFile(StarterFile.text()).profile("es").load();

    assertThat(settings.store().type()).isEqualTo(StoreSettings.Type.ELASTICSEARCH);
    assertThat(settings.store().url()).containsExactly(URI.create("http://localhost:9200"));
  }
}
