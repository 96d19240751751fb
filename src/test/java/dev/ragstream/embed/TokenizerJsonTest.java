package dev.ragstream.embed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class TokenizerJsonTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void whatIsKeptSaysTheSameInAscii(BundledModel model) throws IOException {
    String original = json(model, folder).original();
    String kept = json(model, folder).kept();

    assertThat(kept.chars()).allMatch(c -> c < 0x80);
    JsonMapper mapper = new JsonMapper();
    assertThat(mapper.readTree(kept)).isEqualTo(mapper.readTree(original));
  }

  @Test
  void aFolderThatCannotBeWrittenIsNoHindrance() throws IOException {
    Path occupied = Files.writeString(folder.resolve("occupied"), "a file");

    assertThat(json(BundledModel.BGE_SMALL_EN, occupied).original()).startsWith("{");
  }

  @Test
  void whatWasDamagedIsReplacedAndFailsNothing() throws IOException {
    List<float[]> expected = vectors();
    Path file = file();
    String whole = Files.readString(file);
    FileTime time = Files.getLastModifiedTime(file);

    Files.writeString(file, "{}"); // has another time
    assertThat(vectors().getFirst()).containsExactly(expected.getFirst());
    assertThat(file).hasContent(whole);

    Files.writeString(file, whole.substring(0, 1000));
    Files.setLastModifiedTime(file, time);
    assertThat(vectors().getFirst()).containsExactly(expected.getFirst());
    assertThat(file).hasContent(whole);
  }

  private List<float[]> vectors() {
    try (OnnxEmbedder embedder = new OnnxEmbedder(BundledModel.ALL_MINILM_L6, folder)) {
      return List.of(embedder.embedQuestion("Should I carry an umbrella?"));
    }
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.toString().endsWith("-ascii.json"))
          .findFirst()
          .orElseThrow();
    }
  }

  private static TokenizerJson json(BundledModel model, Path cache) throws IOException {
    return new TokenizerJson(
        new ResourceCache(cache), model.model().name(), model.tokenizerResource());
  }
}
