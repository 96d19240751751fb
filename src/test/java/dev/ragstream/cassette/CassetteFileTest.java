package dev.ragstream.cassette;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.Failure;
import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a cassette: written by appending, read whatever happened to it. */
class CassetteFileTest {

  private static final String FIRST = "Is it raining?";
  private static final String SECOND = "Is it windy?";

  @TempDir private Path folder;
  private Path path;
  private Studio studio;

  @BeforeEach
  void openStudio() {
    path = folder.resolve("rain.jsonl");
    studio = new Studio(path);
  }

  @Test
  void linesReadByEye() throws IOException {
    studio.record(FIRST, _ -> Spoken.of("Yes, ", "it is [1]."));

    List<String> lines = Files.readAllLines(path);

    assertThat(lines.subList(0, 2))
        .containsExactly(
            "{\"ragstream\":\"cassette\",\"version\":1}",
            "{\"type\":\"run\",\"recorded\":\"2026-11-23T09:00:00Z\",\"model\":\"in-process\","
                + "\"question\":\"Is it raining?\"}");
    assertThat(lines.get(2)).startsWith("{\"type\":\"retrieved\",\"passages\":[{\"n\":1,");
    assertThat(lines.get(3)).startsWith("{\"type\":\"prompt\",\"template\":\"lines\",");
    assertThat(lines.get(4)).matches("\\{\"type\":\"text\",\"text\":\"Yes, \",\"at\":\\d+}");
    assertThat(lines.getLast()).startsWith("{\"type\":\"completed\",\"finishReason\":\"stop\"");
    assertThat(lines).hasSize(7);
  }

  @Test
  void furtherRunsAreAppended() {
    studio.record(FIRST, _ -> Spoken.of("Yes."));
    studio.record(SECOND, _ -> Spoken.of("No."));

    assertThat(studio.replay(Match.EXACT, FIRST).answer()).isEqualTo("Yes.");
    assertThat(studio.replay(Match.EXACT, SECOND).answer()).isEqualTo("No.");
  }

  @Test
  void whereverTheLastRunIsCutOffTheOthersReplayAndItsPlaceIsTaken() throws IOException {
    studio.record(FIRST, _ -> Spoken.of("Yes."));
    int whole = Math.toIntExact(Files.size(path));
    studio.record(SECOND, _ -> Spoken.of("No, wind 雨."));
    byte[] all = Files.readAllBytes(path);
    // The very last byte is a line feed, without which the run is whole.
    for (int length = whole; length < all.length - 1; length++) {
      Files.write(path, Arrays.copyOf(all, length));
      assertThat(new CassetteFile(path).read().run(FIRST).question()).isEqualTo(FIRST);
    }

    studio.record(SECOND, _ -> Spoken.of("Still."));

    assertThat(Files.readAllBytes(path)).startsWith(Arrays.copyOf(all, whole));
    assertThat(studio.replay(Match.EXACT, SECOND).answer()).isEqualTo("Still.");
  }

  @Test
  void aFirstRunThatIsCutOffAnywhereLeavesAFileToRecordInto() throws IOException {
    studio.record(FIRST, _ -> Spoken.of("Yes."));
    byte[] all = Files.readAllBytes(path);
    for (int length = 0; length < all.length - 1; length++) {
      Files.write(path, Arrays.copyOf(all, length));
      new CassetteFile(path).requireRecordable();
      assertThat(failure())
          .isEqualTo(
              new Failure(
                  Kind.CASSETTE,
                  "the cassette " + path + " holds no run that was recorded to its end",
                  "record one: ragstream ask --record " + path + " QUESTION"));
    }

    studio.record(FIRST, _ -> Spoken.of("Still."));

    assertThat(studio.replay(Match.EXACT, FIRST).answer()).isEqualTo("Still.");
  }

  @Test
  void whatAnEditorDoesToLinesDoesNotMatter() throws IOException {
    studio.record(FIRST, _ -> Spoken.of("Yes."));
    String edited = Files.readString(path).strip().replace("\n", "\r\n\r\n");
    Files.writeString(path, edited);
    studio.record(SECOND, _ -> Spoken.of("No."));

    assertThat(studio.replay(Match.EXACT, FIRST).answer()).isEqualTo("Yes.");
    assertThat(studio.replay(Match.EXACT, SECOND).answer()).isEqualTo("No.");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThat(failure())
        .isEqualTo(
            new Failure(
                Kind.USAGE,
                "there is no cassette " + path,
                "record one: ragstream ask --record " + path + " QUESTION"));
  }

  @Test
  void anotherFileIsNoCassetteAndIsNotWrittenTo() throws IOException {
    for (String other : List.of("# Notes\n", "{}\n", "[1]\n", "{\"ragstream\":\"x\"}", "\n\n")) {
      Files.writeString(path, other);
      FailureException thrown =
          catchThrowableOfType(
              FailureException.class, () -> new CassetteFile(path).requireRecordable());
      assertThat(thrown.failure().kind()).isEqualTo(Kind.USAGE);
      assertThat(thrown.failure().problem()).startsWith(path + " is no cassette: its first line ");
      assertThat(failure()).isEqualTo(thrown.failure());
      assertThat(path).hasContent(other);
    }
  }

  @Test
  void aNewerVersionIsNotGuessedAt() throws IOException {
    Files.writeString(path, "{\"ragstream\":\"cassette\",\"version\":2}\n");

    assertThat(failure())
        .isEqualTo(
            new Failure(
                Kind.USAGE,
                "the cassette "
                    + path
                    + " has the version 2, and this ragstream knows versions up to 1",
                "update ragstream, or record it anew"));
  }

  @Test
  void aDamagedLineIsNamed() throws IOException {
    studio.record(FIRST, _ -> Spoken.of("Yes."));
    studio.record(SECOND, _ -> Spoken.of("No."));
    List<String> lines = Files.readAllLines(path);
    assertThat(damage(lines, 4, lines.get(4).substring(0, 9)))
        .startsWith("the cassette " + path + " is damaged at line 5: Unexpected end-of-input");
    assertThat(damage(lines, 4, "7"))
        .isEqualTo("the cassette " + path + " is damaged at line 5: the line is no object");
    assertThat(damage(lines, 1, lines.get(4)))
        .isEqualTo(
            "the cassette "
                + path
                + " is damaged at line 2: a run begins with a line of the type"
                + " 'run'");
    assertThat(damage(lines, 4, "{\"type\":\"txet\",\"text\":\"No\"}"))
        .isEqualTo(
            "the cassette "
                + path
                + ", in the run from line 2 on, holds what is no event: the type"
                + " 'txet' is not known");
    assertThat(damage(lines, 3, "{\"type\":\"text\",\"at\":1,\"text\":\"No\"}"))
        .contains(
            "damaged at line 6: the run ends without what was retrieved, or without a prompt");
  }

  @Test
  void aFolderThatIsNotThereIsNoticedBeforeAnythingIsAsked() {
    FailureException thrown =
        catchThrowableOfType(
            FailureException.class,
            () -> new CassetteFile(folder.resolve("no/rain.jsonl")).requireRecordable());

    assertThat(thrown.failure().kind()).isEqualTo(Kind.CASSETTE);
    assertThat(thrown.failure().problem()).contains("cannot be written");
  }

  private String damage(List<String> lines, int index, String line) throws IOException {
    String kept = lines.get(index);
    lines.set(index, line);
    Files.writeString(path, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    lines.set(index, kept);
    assertThat(failure().kind()).isEqualTo(Kind.CASSETTE);
    return failure().problem();
  }

  private Failure failure() {
    return catchThrowableOfType(FailureException.class, () -> new CassetteFile(path).read())
        .failure();
  }
}
