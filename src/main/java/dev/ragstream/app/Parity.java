package dev.ragstream.app;

import dev.ragstream.config.StoreSettings;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Filter;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retrieval.Mode;
import dev.ragstream.core.Retriever;
import dev.ragstream.core.StoreRetriever;
import dev.ragstream.elastic.ElasticStore;
import dev.ragstream.eval.ParityReport;
import dev.ragstream.eval.ParityReport.Comparison;
import dev.ragstream.eval.ParityReport.Row;
import dev.ragstream.ingest.IndexEvent;
import dev.ragstream.ingest.Indexer;
import dev.ragstream.ingest.Report;
import dev.ragstream.lucene.LuceneStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The same documents in two stores made for this, one in a folder and one in the cluster of the
 * settings, to see how far their rankings agree.
 */
public final class Parity implements AutoCloseable {

  private final Assembly assembly;
  private final Path folder;
  private final LuceneStore lucene;
  private final ElasticStore elasticsearch;
  private boolean keep;

  /**
   * Asks nothing of the cluster yet.
   *
   * @param keep whether the two stay after {@link #close()}
   * @throws FailureException of kind {@code SETTINGS} where they name no cluster
   */
  public Parity(Assembly assembly, boolean keep) {
    StoreSettings cluster = assembly.settings().store();
    if (cluster.type() != StoreSettings.Type.ELASTICSEARCH) {
      throw new FailureException(
          Failure.Kind.SETTINGS,
          "parity compares a cluster with the embedded store, and store.type is lucene",
          "choose a profile that sets store.type to elasticsearch, such as --profile es");
    }
    this.assembly = assembly;
    this.folder = assembly.stateFolder().resolve("parity");
    this.lucene = new LuceneStore(folder.resolve("lucene"));
    this.elasticsearch = assembly.stores().own(cluster.index() + "-parity");
    this.keep = keep;
  }

  /** One of the two stores. */
  public record Side(String name, PassageStore store) {}

  /** The two stores; first the one that may not be there. */
  public List<Side> sides() {
    return List.of(new Side("Elasticsearch", elasticsearch), new Side("Lucene", lucene));
  }

  /** Fills one of the two from nothing; of the second one nothing has to be embedded again. */
  public Report load(Side side, List<Path> paths, Consumer<? super IndexEvent> listener) {
    try {
      return assembly
          .indexer(List.of(), List.of(), side.store())
          .run(new Indexer.Request(paths, true, false, false), listener);
    } catch (FailureException e) {
      // Another process compares; its stores are not ours to remove.
      keep |= e.failure().kind() == Failure.Kind.STORE_LOCKED;
      throw e;
    }
  }

  /**
   * Asks both.
   *
   * @param k how many of the best passages are compared, from 1
   */
  public ParityReport compare(List<String> questions, List<Mode> modes, int k) {
    Retriever one = new StoreRetriever(lucene, assembly.embedder());
    Retriever other = new StoreRetriever(elasticsearch, assembly.embedder());
    List<Row> rows = new ArrayList<>();
    for (String question : questions) {
      List<Comparison> comparisons = new ArrayList<>();
      for (Mode mode : modes) {
        Retrieval.Options options = options(mode, k);
        comparisons.add(
            Comparison.of(mode, ids(one, question, options), ids(other, question, options), k));
      }
      rows.add(new Row(question, comparisons));
    }
    return new ParityReport(k, rows);
  }

  private Retrieval.Options options(Mode mode, int k) {
    int candidates = Math.max(assembly.settings().retrieval().candidates(), k);
    return new Retrieval.Options(mode, k, candidates, Double.NEGATIVE_INFINITY, Filter.NONE);
  }

  private static List<String> ids(Retriever retriever, String question, Retrieval.Options options) {
    return retriever.retrieve(question, options, options.topK()).passages().stream()
        .map(passage -> passage.chunk().id())
        .toList();
  }

  /** Removes both unless they are to be kept, after an interrupt too. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    try (elasticsearch) {
      lucene.close();
      if (!keep) {
        deleteFolder();
        elasticsearch.delete();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void deleteFolder() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
