package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.ingest.IndexEvent.Outcome;
import dev.ragstream.ingest.IndexEvent.Progress;
import dev.ragstream.ingest.IndexedProject.Run;
import dev.ragstream.ingest.Indexer.Request;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexerTest {

  @TempDir Path folder;
  private IndexedProject project;

  @BeforeEach
  void open() {
    project = new IndexedProject(folder);
    project.write("docs/rain.md", "# Rain\n\nTake an umbrella.\n\n## Later\n\nIt clears up.\n");
    project.write("docs/ferry.md", "# Ferry\n\nIt sails at nine.\n");
    project.write("notes/note.txt", "A note about the library.");
  }

  @AfterEach
  void close() {
    project.close();
  }

  @Test
  void filesAreFoundByTheirWordsAfterwards() {
    Run run = project.index(new HashedEmbedder());

    assertThat(run.report().indexed()).isEqualTo(3);
    assertThat(run.report().chunks()).isEqualTo(4).isEqualTo(project.store().status().chunks());
    assertThat(run.events()).last().isEqualTo(run.report());
    assertThat(project.sourcesOf("umbrellas")).containsExactly("docs/rain.md");
    assertThat(project.store().documents())
        .containsOnlyKeys("docs/rain.md", "docs/ferry.md", "notes/note.txt");
  }

  @Test
  void anUnchangedFileCostsNoEmbedding() {
    project.index(new HashedEmbedder());
    HashedEmbedder again = new HashedEmbedder();

    Run run = project.index(again);

    assertThat(again.embedded()).isEmpty();
    assertThat(run.report().unchanged()).isEqualTo(3);
    assertThat(run.report().indexed()).isZero();
    assertThat(project.sourcesOf("umbrella")).containsExactly("docs/rain.md");
  }

  @Test
  void aChangedFileIsReplacedWhole() {
    project.index(new HashedEmbedder());
    project.write("docs/rain.md", "# Snow\n\nTake boots.\n");
    HashedEmbedder again = new HashedEmbedder();

    Run run = project.index(again);

    assertThat(again.embedded()).containsExactly("Snow\nTake boots.");
    assertThat(run.outcomes().get("docs/rain.md"))
        .isEqualTo(new Outcome.Indexed(1, true, List.of()));
    assertThat(project.sourcesOf("umbrella")).isEmpty();
    assertThat(project.sourcesOf("boots")).containsExactly("docs/rain.md");
    assertThat(project.store().status().chunks()).isEqualTo(3);
  }

  @Test
  void otherChunkSizesCutAllFilesAnew() {
    project.index(new HashedEmbedder());
    project.chunkSize(2);

    Run run = project.index(new HashedEmbedder());

    assertThat(run.report().indexed()).isEqualTo(3);
    assertThat(project.store().status().chunks()).isEqualTo(run.report().chunks()).isGreaterThan(4);
  }

  @Test
  void pruningRemovesWhatIsGoneBelowTheGivenPathsAndNothingElse() {
    project.write("docs-old/a.md", "# Old\n\nOld words.");
    project.index(new HashedEmbedder());
    project.delete("docs/rain.md");
    project.delete("notes/note.txt");
    project.delete("docs-old/a.md");

    assertThat(project.index(new HashedEmbedder()).report().removed()).isZero();
    Run run =
        project.run(
            new HashedEmbedder(), new Request(List.of(project.path("docs")), false, true, false));

    assertThat(run.outcomes()).containsEntry("docs/rain.md", new Outcome.Removed());
    assertThat(run.report().removed()).isEqualTo(1);
    assertThat(project.store().documents())
        .containsOnlyKeys("docs/ferry.md", "notes/note.txt", "docs-old/a.md");
    assertThat(project.sourcesOf("umbrella")).isEmpty();
  }

  @Test
  void pruningTheProjectLeavesDocumentsFromElsewhere(@TempDir Path elsewhere) throws Exception {
    Path other = elsewhere.resolve("other.txt");
    Files.writeString(other, "From another place.");
    Request both = new Request(List.of(folder, elsewhere), false, false, false);
    project.run(new HashedEmbedder(), both);
    project.delete("notes/note.txt");

    project.run(new HashedEmbedder(), new Request(List.of(folder), false, true, false));

    assertThat(project.store().documents())
        .containsOnlyKeys("docs/rain.md", "docs/ferry.md", other.toString());
  }

  @Test
  void aDryRunTellsAndChangesNothing() {
    HashedEmbedder embedder = new HashedEmbedder();
    Request dry = new Request(List.of(folder), false, true, true);

    Run first = project.run(embedder, dry);

    assertThat(first.report().indexed()).isEqualTo(3);
    assertThat(first.report().dryRun()).isTrue();
    assertThat(folder.resolve(".ragstream")).doesNotExist();

    project.index(new HashedEmbedder());
    project.write("docs/ferry.md", "# Ferry\n\nIt sails at ten.\n");
    project.delete("docs/rain.md");
    Run second = project.run(embedder, dry);

    assertThat(second.outcomes())
        .containsEntry("docs/ferry.md", new Outcome.Indexed(1, true, List.of()))
        .containsEntry("docs/rain.md", new Outcome.Removed())
        .containsEntry("notes/note.txt", new Outcome.Unchanged());
    assertThat(embedder.embedded()).isEmpty();
    assertThat(project.sourcesOf("umbrella nine")).containsExactly("docs/ferry.md", "docs/rain.md");
  }

  @Test
  void aRebuildStartsFromNothingWithAnotherModelToo() {
    project.index(new HashedEmbedder());
    project.delete("docs/rain.md");
    EmbeddingModel other = new EmbeddingModel("other", 5);

    Run run =
        project.run(
            new HashedEmbedder(other, _ -> assertThat(project.sourcesOf("umbrella")).isNotEmpty()),
            new Request(List.of(folder), true, false, false));

    assertThat(run.report().indexed()).isEqualTo(2);
    assertThat(project.store().documents()).containsOnlyKeys("docs/ferry.md", "notes/note.txt");
    assertThat(project.store().status().model()).isEqualTo(other);
  }

  @Test
  void oneBadFileDoesNotEndTheRunAndItsOlderVersionStays() {
    project.index(new HashedEmbedder());
    project.write("docs/rain.md", "# Rain\n\nNow with thunder.\n");
    project.write("data.json", "{\"a\": [");
    project.write("binary.bin", "\u0000\u0001\u0002\u0000\u0000");
    project.write("empty.md", "");
    project.write("notes/note.txt", "a".repeat(2 << 20));

    Run run = project.index(new HashedEmbedder());

    assertThat(run.report())
        .extracting(Report::indexed, Report::unchanged, Report::skipped, Report::failed)
        .containsExactly(1, 1, 3, 1);
    assertThat(run.outcomes().get("data.json"))
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.failure().kind()).isEqualTo(Failure.Kind.DOCUMENT);
              assertThat(failed.failure().problem()).contains("data.json");
              assertThat(failed.failure().remedy()).isNotBlank();
            });
    assertThat(run.outcomes())
        .containsEntry("binary.bin", new Outcome.Skipped("binary file"))
        .containsEntry("empty.md", new Outcome.Skipped("empty"));
    assertThat(project.sourcesOf("thunder")).containsExactly("docs/rain.md");
    assertThat(project.sourcesOf("library")).containsExactly("notes/note.txt");
  }

  @Test
  void anOlderVersionStaysWhenTheNewOneCannotBeRead() {
    project.write("table.json", "[{\"text\": \"umbrella stand\"}]");
    project.index(new HashedEmbedder());
    project.write("table.json", "[{\"text\": \"umbrella");

    Run run = project.index(new HashedEmbedder());

    assertThat(run.report().failed()).isEqualTo(1);
    assertThat(project.sourcesOf("stand")).containsExactly("table.json");
  }

  @Test
  void anEmbedderThatFailsEndsTheRunWithItsFailure() {
    project.index(new HashedEmbedder());
    project.write("docs/ferry.md", "# Ferry\n\nNow at ten.\n");
    project.write("docs/new.md", "# New\n\nPoison.\n");
    FailureException broken =
        new FailureException(Failure.Kind.EMBEDDING, "the model broke", "mend it");

    Throwable thrown =
        Assertions.catchThrowable(() ->
            project.index(
                new HashedEmbedder(text -> {
                  if (text.contains("Poison")) {
                    throw broken;
                  }
                })));

    assertThat(thrown).isSameAs(broken);
    assertThat(project.sourcesOf("umbrella")).containsExactly("docs/rain.md");
    assertThat(project.sourcesOf("nine")).containsExactly("docs/ferry.md");
    Run next = project.index(new HashedEmbedder());
    assertThat(next.report().indexed()).isEqualTo(2);
    assertThat(project.sourcesOf("poison")).containsExactly("docs/new.md");
  }

  @Test
  void aTokenizerThatFailsEndsTheRunInsteadOfFailingEachFile() {
    FailureException broken =
        new FailureException(Failure.Kind.EMBEDDING, "the model broke", "mend it");
    HashedEmbedder real = new HashedEmbedder();
    Preparation preparation =
        new Preparation(
            new FileLoader(new Limits(1 << 20, 1 << 20)),
            new Readers(FieldMapping.BY_NAME, new Limits(1 << 20, 1 << 20)),
            new Chunker(
                _ -> {
                  throw broken;
                },
                20,
                0,
                512),
            Map.of());
    Found found = new Found(project.path("docs/rain.md"), "docs/rain.md");
    try (Conveyor conveyor = new Conveyor(List.of(found), preparation, real)) {
      assertThat(Assertions.catchThrowable(conveyor::take)).isSameAs(broken);
    }
  }

  @Test
  void progressOnlyGrowsAndEndsAtTheTotal() {
    project.write("docs/long.md", "Umbrella words in many sentences. ".repeat(200));
    project.write("binary.bin", "\u0000\u0001\u0002\u0000\u0000");
    List<Progress> progress =
        project.index(new HashedEmbedder()).events().stream()
            .filter(Progress.class::isInstance)
            .map(Progress.class::cast)
            .toList();

    for (int i = 1; i < progress.size(); i++) {
      assertThat(progress.get(i).bytesDone())
          .isGreaterThanOrEqualTo(progress.get(i - 1).bytesDone());
      assertThat(progress.get(i).chunks()).isGreaterThanOrEqualTo(progress.get(i - 1).chunks());
      assertThat(progress.get(i).bytesTotal()).isEqualTo(progress.getFirst().bytesTotal());
    }
    assertThat(progress).hasSizeGreaterThan(20);
    assertThat(progress.getFirst().bytesDone()).isZero();
    assertThat(progress.getLast().bytesDone()).isEqualTo(progress.getLast().bytesTotal());
    assertThat(progress.getLast().chunks()).isEqualTo(project.store().status().chunks());
  }

  @Test
  void aFileThatGrowsDuringTheRunDoesNotBreakTheProgress() {
    HashedEmbedder growing =
        new HashedEmbedder(text -> project.write("z.md", "longer ".repeat(100) + text.hashCode()));
    project.write("z.md", "short");
    project.write("a.md", "Many words. ".repeat(400));

    Run run = project.index(growing);

    Progress last =
        (Progress) run.events().stream().filter(Progress.class::isInstance).toList().getLast();
    assertThat(last.bytesDone()).isEqualTo(last.bytesTotal());
  }
}
