package dev.ragstream.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

    assertThat(loaded).usingRecursiveComparison().ignoringFields("given").isEqualTo(defaults);
    assertThat(loaded.given()).isNotEqualTo(defaults.given());
  }

  @Test
  void itsExamplesWorkOnceTheyAreUncommented(@TempDir Path temporary) {
    String text = StarterFile.text().replaceAll("(?m)^( +)# ( *[a-z][a-zA-Z]*:( .*)?)$", "$1$2");
    SettingsFolder user =
        new SettingsFolder(temporary)
            .projectFile(text)
            .environment("OPENAI_API_KEY", "k")
            .environment("TEAM_TOKEN", "t")
            .profile("wide");

    Settings settings = user.load();

    assertThat(settings.retrieval().topK()).isEqualTo(12);
    assertThat(settings.given().values())
        .allSatisfy(given -> assertThat(given.origin()).isInstanceOf(Origin.FileLine.class));
  }
}
