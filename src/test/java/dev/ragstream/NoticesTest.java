package dev.ragstream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.embed.BundledModel;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What we are distributed with has its notice; {@code scripts/notices} writes them. */
class NoticesTest {

  /** Beginnings of the names of jars that only tests need. */
  private static final List<String> OF_TESTS =
      List.of(
          "apiguardian-",
          "archunit-",
          "assertj-",
          "byte-buddy-",
          "failureaccess-",
          "guava-",
          "j2objc-",
          "jmh-",
          "jopt-simple-",
          "json-schema-validator-",
          "junit-",
          "langchain4j-core-",
          "langchain4j-embeddings-0",
          "listenablefuture-",
          "opentelemetry-exporter-",
          "opentelemetry-sdk-",
          "opentest4j-",
          "selenium-",
          "surefire-",
          "wiremock-");

  private static final Pattern LIBRARY =
      Pattern.compile("(?m)^\\| [\\w.-]+:([\\w.-]+) \\| (\\S+) \\| (.+) \\| .+ \\|$");

  private String notices;

  @BeforeEach
  void read() throws IOException {
    try (InputStream in = NoticesTest.class.getResourceAsStream("/META-INF/THIRD-PARTY.md")) {
      notices = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void everyLibraryHasItsNoticeInTheVersionThatIsUsed() {
    List<String> used =
        Pattern.compile(File.pathSeparator, Pattern.LITERAL)
            .splitAsStream(System.getProperty("java.class.path"))
            .filter(entry -> entry.endsWith(".jar"))
            .map(entry -> Path.of(entry).getFileName().toString())
            .filter(jar -> OF_TESTS.stream().noneMatch(jar::startsWith))
            .toList();
    List<String> noticed =
        LIBRARY
            .matcher(notices)
            .results()
            .map(row -> row.group(1) + "-" + row.group(2) + ".jar")
            .toList();

    assertThat(noticed).as("run scripts/notices").containsExactlyInAnyOrderElementsOf(used);
  }

  @Test
  void everyLibraryNamesALicence() {
    assertThat(LIBRARY.matcher(notices).results().map(row -> row.group(3)))
        .isNotEmpty()
        .allMatch(licence -> !licence.contains("Unknown"), "is known");
  }

  @Test
  void everyBundledModelHasItsNotice() {
    for (BundledModel model : BundledModel.values()) {
      assertThat(notices)
          .containsIgnoringCase(
              "| " + model.name().toLowerCase(Locale.ROOT).replace('_', '-') + "-v");
    }
  }
}
