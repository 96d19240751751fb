package dev.ragstream.ingest;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.StoredDocument;
import dev.ragstream.ingest.IndexEvent.Outcome;
import dev.ragstream.ingest.IndexEvent.Progress;
import dev.ragstream.ingest.IndexEvent.Settled;
import dev.ragstream.ingest.Preparation.Prepared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Brings a store up to date with files. Reading and cutting the next files, embedding chunks on
 * every core and writing to the store all go on at the same time; what is in flight is bounded, and
 * files enter the store in order.
 */
public final class Indexer {

  /**
   * How long finished documents wait for their commit at least; not for long, so that little is
   * lost by an early end.
   */
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(2);

  /** Commits take no more than one part in so many of the time. */
  private static final int COMMIT_SHARE = 20;

  private final FileWalker walker;
  private final FileLoader loader;
  private final Readers readers;
  private final Chunker chunker;
  private final PassageStore store;
  private final Embedder embedder;

  public Indexer(
      FileWalker walker,
      FileLoader loader,
      Readers readers,
      Chunker chunker,
      PassageStore store,
      Embedder embedder) {
    this.walker = walker;
    this.loader = loader;
    this.readers = readers;
    this.chunker = chunker;
    this.store = store;
    this.embedder = embedder;
  }

  /**
   * What to do.
   *
   * @param rebuild start from nothing; searches see the old content until all is done
   * @param prune remove the documents below {@code paths} whose files are gone
   * @param dryRun only tell what would be done
   */
  public record Request(List<Path> paths, boolean rebuild, boolean prune, boolean dryRun) {

    public Request {
      paths = List.copyOf(paths);
    }
  }

  /**
   * Runs until all files are settled or the thread is interrupted, which keeps what was committed.
   *
   * @param listener is told what happens, on the calling thread; of documents in the store, when
   *     their commit is done
   * @throws FailureException where the store or the embedder fails; what was committed stands
   */
  public Report run(Request request, Consumer<? super IndexEvent> listener) {
    long start = System.nanoTime();
    Report.Tally tally = new Report.Tally();
    Consumer<IndexEvent> counting =
        event -> {
          if (event instanceof Settled settled) {
            tally.count(settled.outcome());
          }
          listener.accept(event);
        };
    boolean interrupted = false;
    try {
      if (request.dryRun()) {
        rehearse(request, counting);
      } else {
        perform(request, counting);
      }
    } catch (InterruptedException _) {
      interrupted = true;
    } catch (FailureException e) {
      // Java closes the files that an interrupted thread is writing, which fails the store.
      interrupted = Thread.interrupted();
      if (!interrupted) {
        throw e;
      }
    }
    Report report =
        tally.report(Duration.ofNanos(System.nanoTime() - start), interrupted, request.dryRun());
    listener.accept(report);
    return report;
  }

  private void perform(Request request, Consumer<IndexEvent> listener) throws InterruptedException {
    List<Finding> findings = findings(request, request.prune() ? store.documents() : Map.of());
    try (PassageWriter writer = store.write(embedder.model(), request.rebuild())) {
      Map<String, StoredDocument> stored = request.rebuild() ? Map.of() : store.documents();
      Preparation preparation = new Preparation(loader, readers, chunker, stored);
      try (Conveyor conveyor = new Conveyor(findings, preparation, embedder)) {
        Loading loading = new Loading(writer, !request.rebuild(), listener, conveyor);
        loading.run();
        gone(request, stored).forEach(loading::remove);
        loading.commit();
      }
    }
  }

  private void rehearse(Request request, Consumer<IndexEvent> listener)
      throws InterruptedException {
    Map<String, StoredDocument> stored = request.rebuild() ? Map.of() : store.documents();
    List<Finding> findings = findings(request, stored);
    Preparation preparation = new Preparation(loader, readers, chunker, stored);
    for (Finding finding : findings) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Outcome outcome =
          switch (finding) {
            case Skipped skipped -> new Outcome.Skipped(skipped.reason());
            case Found found ->
                switch (preparation.prepare(found)) {
                  case Prepared.Nothing nothing -> nothing.outcome();
                  case Prepared.Ready ready -> ready.outcome();
                };
          };
      listener.accept(new Settled(finding.source(), outcome));
    }
    for (String source : gone(request, stored)) {
      listener.accept(new Settled(source, new Outcome.Removed()));
    }
  }

  /** A folder that is gone may be named where documents of it are to be pruned. */
  private List<Finding> findings(Request request, Map<String, StoredDocument> stored) {
    return walker.walk(
        request.paths().stream()
            .filter(path -> !(request.prune() && Files.notExists(path) && isKnown(path, stored)))
            .toList());
  }

  private boolean isKnown(Path path, Map<String, StoredDocument> stored) {
    String root = walker.source(path);
    return stored.keySet().stream().anyMatch(source -> below(source, root));
  }

  /**
   * Documents below the named paths without their file; one that cannot be looked at is not gone.
   */
  private Set<String> gone(Request request, Map<String, StoredDocument> stored) {
    if (!request.prune()) {
      return Set.of();
    }
    List<String> roots = request.paths().stream().map(walker::source).toList();
    return stored.keySet().stream()
        .filter(source -> roots.stream().anyMatch(root -> below(source, root)))
        .filter(source -> Files.notExists(walker.path(source)))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether a document is what a path leads to, or inside of it; the project itself is "". */
  private static boolean below(String source, String root) {
    Path document = Path.of(source);
    return root.isEmpty() ? !document.isAbsolute() : document.startsWith(Path.of(root));
  }

  /**
   * Takes what the conveyor brings into the store. A change is told of when it is committed, never
   * before.
   */
  private static final class Loading {

    private final PassageWriter writer;
    private final boolean commitsBetween;
    private final Consumer<IndexEvent> listener;
    private final Conveyor conveyor;
    private final List<Settled> uncommitted = new ArrayList<>();
    private long nextCommit = System.nanoTime() + COMMIT_EVERY.toNanos();
    private long bytesDone;
    private long chunks;

    Loading(
        PassageWriter writer,
        boolean commitsBetween,
        Consumer<IndexEvent> listener,
        Conveyor conveyor) {
      this.writer = writer;
      this.commitsBetween = commitsBetween;
      this.listener = listener;
      this.conveyor = conveyor;
    }

    void run() throws InterruptedException {
      report(0);
      while (true) {
        switch (conveyor.take()) {
          case Conveyor.Step.Nothing(String source, Outcome outcome, long bytes) -> {
            listener.accept(new Settled(source, outcome));
            done(bytes);
          }
          case Conveyor.Step.Begin(String source) -> writer.delete(source);
          case Conveyor.Step.Batch batch -> store(batch);
          case Conveyor.Step.Complete(Prepared.Ready ready, long bytes) -> {
            writer.add(ready.document());
            uncommitted.add(new Settled(ready.document().source(), ready.outcome()));
            commitWhenDue();
            done(bytes);
          }
          case Conveyor.Step.End _ -> {
            return;
          }
        }
      }
    }

    private void store(Conveyor.Step.Batch batch) throws InterruptedException {
      List<float[]> vectors = batch.vectors();
      for (int i = 0; i < vectors.size(); i++) {
        Chunk chunk = batch.chunks().get(i);
        writer.add(new PassageWriter.EmbeddedChunk(chunk, vectors.get(i)));
      }
      chunks += vectors.size();
      report(batch.bytesSoFar());
    }

    void remove(String source) {
      writer.delete(source);
      uncommitted.add(new Settled(source, new Outcome.Removed()));
    }

    private void commitWhenDue() {
      if (commitsBetween && System.nanoTime() - nextCommit >= 0) {
        commit();
      }
    }

    void commit() {
      long start = System.nanoTime();
      Map<String, Failure> refused = writer.commit();
      long end = System.nanoTime();
      nextCommit = end + Math.max(COMMIT_EVERY.toNanos(), COMMIT_SHARE * (end - start));
      for (Settled settled : uncommitted) {
        Failure failure = refused.get(settled.source());
        listener.accept(
            failure == null ? settled : new Settled(settled.source(), new Outcome.Failed(failure)));
      }
      uncommitted.clear();
    }

    private void done(long bytes) {
      bytesDone += bytes;
      report(0);
    }

    private void report(long bytesInWork) {
      listener.accept(new Progress(bytesDone + bytesInWork, conveyor.bytes(), chunks));
    }
  }
}
