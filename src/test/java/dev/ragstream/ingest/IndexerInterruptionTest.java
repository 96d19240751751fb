package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Embedder;
import dev.ragstream.embed.CachingEmbedder;
import dev.ragstream.embed.VectorCache;
import dev.ragstream.ingest.IndexEvent.Outcome;
import dev.ragstream.ingest.IndexedProject.Run;
import dev.ragstream.ingest.Indexer.Request;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs that end early, and runs that must not run ahead. */
class IndexerInterruptionTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 30, 60, 99})
  void anInterruptedRunTellsWhatItKeptAndTheNextGoesOn(int moment) {
    try (IndexedProject project = new IndexedProject(folder)) {
      for (int i = 0; i < 100; i++) {
        project.write("d%02d.md".formatted(i), "Document number%d.".formatted(i));
      }
      Run first = project.index(new HashedEmbedder(interruptAt(moment)));

      assertThat(first.report().interrupted()).isTrue();
      assertThat(Thread.interrupted()).isFalse();
      assertThat(first.events()).last().isEqualTo(first.report());
      List<String> acknowledged = indexed(first);
      assertThat(first.report().indexed()).isEqualTo(acknowledged.size());
      assertThat(project.store().documents()).containsOnlyKeys(acknowledged);

      Run second = project.index(new HashedEmbedder());

      assertThat(second.report().interrupted()).isFalse();
      assertThat(second.report().unchanged()).isEqualTo(acknowledged.size());
      assertThat(second.report().indexed()).isEqualTo(100 - acknowledged.size());
      assertThat(project.sourcesOf("number42")).containsExactly("d42.md");
    }
  }

  @Test
  void anInterruptWhileTheStoreIsWrittenIsAnInterruptAndNoFailure() {
    try (IndexedProject project = new IndexedProject(folder)) {
      project.write("a.md", "A document.");
      Thread running = Thread.currentThread();
      // The commit follows right after this event, on this thread.
      Consumer<IndexEvent> interrupting =
          event -> {
            if (event instanceof IndexEvent.Progress(long done, long total, long _)
                && done == total) {
              running.interrupt();
            }
          };

      Run run =
          project.run(
              new HashedEmbedder(),
              new Request(List.of(folder), false, false, false),
              interrupting);

      assertThat(run.report().interrupted()).isTrue();
      assertThat(run.report().indexed()).isZero();
      assertThat(project.index(new HashedEmbedder()).report().indexed()).isEqualTo(1);
    }
  }

  @Test
  void anInterruptedRebuildLeavesTheOldContent() {
    try (IndexedProject project = new IndexedProject(folder)) {
      project.write("a.md", "Old words.");
      project.index(new HashedEmbedder());
      project.write("a.md", "New words.");

      Run run =
          project.run(
              new HashedEmbedder(interruptAt(1)), new Request(List.of(folder), true, false, false));

      assertThat(run.report().interrupted()).isTrue();
      assertThat(run.report().indexed()).isZero();
      assertThat(project.sourcesOf("old")).containsExactly("a.md");
    }
  }

  @Test
  void whatWasEmbeddedOfAHugeDocumentIsNotEmbeddedAgainAfterAnInterrupt() {
    try (IndexedProject project = new IndexedProject(folder)) {
      project.chunkSize(3);
      StringBuilder huge = new StringBuilder();
      for (int i = 0; i < 600; i++) {
        huge.append("Sentence number").append(i).append(".\n\n");
      }
      project.write("huge.md", huge.toString());
      HashedEmbedder first = new HashedEmbedder(interruptAt(400));
      try (Embedder caching = caching(first)) {
        assertThat(project.index(caching).report().interrupted()).isTrue();
      }
      assertThat(project.store().documents()).isEmpty();
      HashedEmbedder second = new HashedEmbedder();
      try (Embedder caching = caching(second)) {
        assertThat(project.index(caching).report().chunks()).isEqualTo(600);
      }

      assertThat(first.embedded()).hasSizeGreaterThanOrEqualTo(400);
      List<String> all = new ArrayList<>(first.embedded());
      all.addAll(second.embedded());
      assertThat(all).hasSize(600).doesNotHaveDuplicates();
    }
  }

  @Test
  void preparingDoesNotRunAheadOfWhatTheQueueHolds() throws InterruptedException {
    AtomicInteger prepared = new AtomicInteger();
    HashedEmbedder embedder = new HashedEmbedder();
    int queue = 16 * embedder.concurrency();
    List<Finding> findings = new ArrayList<>();
    try (IndexedProject project = new IndexedProject(folder)) {
      for (int i = 0; i < 200; i++) {
        String file = "d%03d.md".formatted(i);
        project.write(file, "Document number%d.".formatted(i));
        findings.add(new Found(project.path(file), file));
      }
    }
    Limits limits = new Limits(1 << 20, 1 << 20);
    Preparation counting =
        new Preparation(
            new FileLoader(limits),
            new Readers(FieldMapping.BY_NAME, limits),
            new Chunker(
                text -> {
                  if (text.startsWith("Document")) {
                    prepared.incrementAndGet();
                  }
                  return Words.tokens(text);
                },
                20,
                0,
                512),
            Map.of());
    int taken = 0;
    try (Conveyor conveyor = new Conveyor(findings, counting, embedder)) {
      for (Conveyor.Step step = conveyor.take();
          !(step instanceof Conveyor.Step.End);
          step = conveyor.take()) {
        taken++;
        // Three steps are one document; one more document may be prepared and wait for its place.
        assertThat(prepared.get()).isLessThanOrEqualTo((taken + queue) / 3 + 2);
      }
    }
    assertThat(taken).isEqualTo(3 * 200);
  }

  private static List<String> indexed(Run run) {
    return run.outcomes().entrySet().stream()
        .filter(settled -> settled.getValue() instanceof Outcome.Indexed)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Interrupts the thread that calls this now, when the n-th text is about to be embedded. */
  private static Consumer<String> interruptAt(int moment) {
    Thread running = Thread.currentThread();
    AtomicInteger seen = new AtomicInteger();
    return _ -> {
      if (seen.incrementAndGet() == moment) {
        running.interrupt();
      }
    };
  }

  private Embedder caching(Embedder embedder) {
    VectorCache cache =
        new VectorCache(
            folder.resolve(".ragstream/vectors.db"),
            notice -> {
              throw new AssertionError(notice);
            });
    return new CachingEmbedder(embedder, "", cache);
  }
}
