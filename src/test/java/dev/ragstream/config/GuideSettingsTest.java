package dev.ragstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The settings that the README and the guides show. */
class GuideSettingsTest {

  /** A fence that names a file is of that file, which may be a template. */
  private static final Pattern SETTINGS =
      Pattern.compile("(?s)```yaml(?: ragstream.yaml)?\n(.*?)```");

  @Test
  void theSettingsInTheGuidesCanBeUsed(@TempDir Path temporary) throws IOException {
    SettingsFolder user =
        new SettingsFolder(temporary)
            .environment("ELASTICSEARCH_URL", "https://es1:9200,https://es2:9200");
    List<String> examples = examples();

    assertThat(examples).hasSizeGreaterThanOrEqualTo(5);
    for (String example : examples) {
      Settings settings = user.projectFile(example).load();
      assertThat(settings.store().url()).as(example).hasSize(example.contains("store:") ? 2 : 0);
    }
  }

  private static List<String> examples() throws IOException {
    List<String> examples = new ArrayList<>();
    try (Stream<Path> guides = Files.list(Path.of("docs/guides"))) {
      for (Path page : Stream.concat(Stream.of(Path.of("README.md")), guides).toList()) {
        SETTINGS
            .matcher(Files.readString(page))
            .results()
            .map(match -> match.group(1))
            .forEach(examples::add);
      }
    }
    return examples;
  }
}
