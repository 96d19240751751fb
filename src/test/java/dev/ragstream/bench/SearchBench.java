package dev.ragstream.bench;

import dev.ragstream.core.Filter;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retriever;
import dev.ragstream.core.StoreRetriever;
import dev.ragstream.lucene.LuceneStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.search.Query;

/**
 * What hybrid search costs above the two bare Lucene queries that are in it: {@code WORK_DIR
 * [CHUNKS [CORPUS.jsonl]]}. The index is made once and found again by the number of its chunks.
 */
final class SearchBench {

  private static final int QUESTIONS = 300;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int ROUNDS = 6;

  private SearchBench() {}

  public static void main(String[] args) throws IOException {
    int chunks = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
    SeededCorpus corpus =
        args.length > 2 ? SeededCorpus.read(Path.of(args[2])) : new SeededCorpus();
    Path folder = Path.of(args[0], "search-" + chunks + (args.length > 2 ? "-text" : ""));
    Files.createDirectories(folder.toAbsolutePath().getParent());
    try (PassageStore store = new LuceneStore(folder)) {
      build(store, corpus, chunks);
      measure(store, folder, corpus);
    }
  }

  private static void build(PassageStore store, SeededCorpus corpus, int chunks) {
    if (!store.documents().isEmpty() && store.status().chunks() == chunks) {
      return;
    }
    long start = System.nanoTime();
    corpus.load(store, chunks, true);
    System.out.printf("%d chunks loaded in %.0f s%n", chunks, (System.nanoTime() - start) / 1e9);
  }

  private static void measure(PassageStore store, Path folder, SeededCorpus corpus)
      throws IOException {
    List<String> questions = new ArrayList<>();
    List<Query> words = new ArrayList<>();
    List<float[]> vectors = new ArrayList<>();
    Map<String, float[]> known = new HashMap<>();
    for (int i = 0; i < QUESTIONS; i++) {
      String question = corpus.question(i);
      questions.add(question);
      words.add(BareLucene.words(question));
      vectors.add(corpus.questionVector(i));
      known.put(question, vectors.get(i));
    }
    Retriever retriever = new StoreRetriever(store, new SeededEmbedder(known));
    Retrieval.Options options =
        new Retrieval.Options(Retrieval.Mode.HYBRID, 5, 50, Double.NEGATIVE_INFINITY, Filter.NONE);
    List<Long> hybrid = new ArrayList<>();
    List<Long> bare = new ArrayList<>();
    long loaded = 0;
    try (BareLucene lucene = new BareLucene(folder)) {
      for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
        for (int i = 0; i < QUESTIONS; i++) {
          String question = questions.get(i);
          // Whoever is second finds the processor's caches warm, so they take turns.
          for (boolean ours : new boolean[] {(round + i) % 2 == 0, (round + i) % 2 != 0}) {
            long start = System.nanoTime();
            loaded +=
                ours
                    ? retriever.retrieve(question, options, 10).passages().size()
                    : lucene.search(words.get(i), vectors.get(i)).size();
            long took = System.nanoTime() - start;
            if (round >= WARM_UP_ROUNDS) {
              (ours ? hybrid : bare).add(took);
            }
          }
        }
      }
      System.out.printf(
          "%d chunks in %d segments, %d questions, %d rounds, %d passages loaded%n",
          store.status().chunks(), lucene.segments(), QUESTIONS, ROUNDS, loaded);
    }
    Percentiles.head();
    Percentiles.row("bare BM25, then bare kNN", bare);
    Percentiles.row("hybrid search", hybrid);
    System.out.printf(
        "ratio of the p50s %.2f%n", Percentiles.of(hybrid, 50) / Percentiles.of(bare, 50));
  }
}
