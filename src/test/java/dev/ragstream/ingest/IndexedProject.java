package dev.ragstream.ingest;

import dev.ragstream.core.Embedder;
import dev.ragstream.core.Filter;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageStore.Candidate;
import dev.ragstream.core.PassageStore.Candidates;
import dev.ragstream.ingest.IndexEvent.Outcome;
import dev.ragstream.ingest.IndexEvent.Settled;
import dev.ragstream.ingest.Indexer.Request;
import dev.ragstream.lucene.LuceneStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A folder of files and its index. */
final class IndexedProject implements AutoCloseable {

  private static final Limits LIMITS = new Limits(1 << 20, 64 << 20);

  private final Path folder;
  private final PassageStore store;
  private int chunkSize = 20;

  IndexedProject(Path folder) {
    this.folder = folder;
    this.store = new LuceneStore(indexFolder());
  }

  Path indexFolder() {
    return folder.resolve(".ragstream/index");
  }

  Path path(String file) {
    return folder.resolve(file);
  }

  PassageStore store() {
    return store;
  }

  void write(String file, String text) {
    try {
      Files.createDirectories(path(file).getParent());
      Files.writeString(path(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String file) {
    try {
      Files.delete(path(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void chunkSize(int tokens) {
    this.chunkSize = tokens;
  }

  Run index(Embedder embedder) {
    return run(embedder, new Request(List.of(folder), false, false, false));
  }

  Run run(Embedder embedder, Request request) {
    return run(embedder, request, _ -> {});
  }

  Run run(Embedder embedder, Request request, Consumer<IndexEvent> listener) {
    List<IndexEvent> events = new ArrayList<>();
    Report report =
        new Indexer(
                new FileWalker(folder, List.of(), List.of(), LIMITS),
                new FileLoader(LIMITS),
                new Readers(FieldMapping.BY_NAME, LIMITS),
                new Chunker(embedder::tokens, chunkSize, 0, embedder.maxTokens()),
                store,
                embedder)
            .run(
                request,
                event -> {
                  events.add(event);
                  listener.accept(event);
                });
    return new Run(report, List.copyOf(events));
  }

  /** The sources of the chunks in which a word is. */
  List<String> sourcesOf(String word) {
    try (Candidates candidates =
        store.search(new PassageStore.Query(word, null, Filter.NONE, 1_000))) {
      return candidates.load(candidates.lexical().stream().map(Candidate::id).toList()).stream()
          .map(chunk -> chunk.source())
          .distinct()
          .sorted()
          .toList();
    }
  }

  @Override
  public void close() {
    store.close();
  }

  /** What a run told. */
  record Run(Report report, List<IndexEvent> events) {

    /** What became of each file. */
    Map<String, Outcome> outcomes() {
      Map<String, Outcome> outcomes = new TreeMap<>();
      for (IndexEvent event : events) {
        if (event instanceof Settled(String source, Outcome outcome)) {
          outcomes.put(source, outcome);
        }
      }
      return outcomes;
    }
  }
}
