package dev.ragstream.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What is said of a release in one place, against what is said in another. */
class ReleaseDescriptionTest {

  private static final String VERSION = "{{projectVersion}}";

  @Test
  void theGuideForCiDownloadsAnArchiveThatAReleaseHolds() throws IOException {
    List<MatchResult> downloads =
        Pattern.compile("releases/download/([^/]+)/([^\"]+)\"")
            .matcher(text("docs/guides/ci.md").replace("$RAGSTREAM_RELEASE", VERSION))
            .results()
            .toList();

    assertThat(downloads).hasSize(1);
    assertThat(downloads.getFirst().group(1))
        .isEqualTo(at(yaml("jreleaser.yml"), "release", "github", "tagName"));
    assertThat(archives())
        .extracting(archive -> Path.of((String) archive.get("path")).getFileName().toString())
        .contains(downloads.getFirst().group(2));
  }

  @Test
  void theGuideForInstallingNamesTheArchiveOfEveryPlatformAndWhatIsDescribedToPackageManagers()
      throws IOException {
    String guide = text("docs/guides/install.md");
    Map<?, ?> packagers = (Map<?, ?>) at(yaml("jreleaser.yml"), "packagers");

    assertThat(platforms())
        .allSatisfy(platform -> assertThat(guide).contains("-" + platform + "."));
    assertThat(packagers.keySet())
        .extracting(Object::toString)
        .hasSize(4)
        .allSatisfy(packager -> assertThat(guide).containsPattern("(?im)^\\| (Home)?" + packager));
    assertThat(guide)
        .contains("brew install ragstream/tap/" + at(packagers, "brew", "formulaName"))
        .contains("sdk install " + at(packagers, "sdkman", "candidate"));
  }

  @Test
  void everyPlatformIsNamedByItsArchivesInBothForms() throws IOException {
    List<String> platforms = platforms();

    assertThat(platforms).hasSize(4);
    assertThat(archives())
        .extracting(archive -> archive.get("platform") + " " + archive.get("path"))
        .containsExactlyElementsOf(
            platforms.stream()
                .flatMap(platform ->
                    List.of(".zip", ".tar.gz").stream()
                        .map(form ->
                            "%s target/archives/ragstream-%s-%s%s"
                                .formatted(platform, VERSION, platform, form)))
                .toList());
  }

  @Test
  void theWorkflowPacksForEveryPlatformAndTheImageKnowsThemAll() throws IOException {
    List<?> runners =
        (List<?>)
            at(
                yaml(".github/workflows/release.yml"),
                "jobs",
                "pack",
                "strategy",
                "matrix",
                "include");

    assertThat(runners)
        .extracting(runner -> "" + ((Map<?, ?>) runner).get("platform"))
        .isEqualTo(platforms());
    assertThat(
            Pattern.compile("\"(\\S+)\", folders\\(")
                .matcher(text("scripts/launcher/OnePlatform.java"))
                .results())
        .extracting(match -> match.group(1))
        .isEqualTo(platforms());
  }

  private static List<String> platforms() throws IOException {
    return archives().stream().map(archive -> "" + archive.get("platform")).distinct().toList();
  }

  @SuppressWarnings("unchecked")
  private static List<Map<String, Object>> archives() throws IOException {
    return (List<Map<String, Object>>)
        at(yaml("jreleaser.yml"), "distributions", "ragstream", "artifacts");
  }

  private static Object at(Object yaml, String... path) {
    Object found = yaml;
    for (String key : path) {
      found = Objects.requireNonNull(((Map<?, ?>) found).get(key), key);
    }
    return found;
  }

  private static Object yaml(String file) throws IOException {
    return new Load(LoadSettings.builder().setLabel(file).build()).loadFromString(text(file));
  }

  private static String text(String file) throws IOException {
    return Files.readString(Path.of(file));
  }
}
