package dev.ragstream.bench;

import dev.ragstream.core.Filter;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageWriter.EmbeddedChunk;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retriever;
import dev.ragstream.core.StoreRetriever;
import dev.ragstream.elastic.ElasticStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What ragstream adds to the official Elasticsearch client: {@code URL [CHUNKS [ROUNDS]]}. The same
 * chunks with the same vectors are loaded by a bare bulk loop and through ragstream, and the same
 * questions asked by a bare multi-search and through ragstream, in turns.
 */
final class StoreBench {

  private static final int QUESTIONS = 200;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int SEARCH_ROUNDS = 5;
  private static final String OURS = "bench-ragstream";
  private static final String BARE = "bench-bare";

  private final String url;
  private final SeededCorpus corpus = new SeededCorpus();
  private final List<EmbeddedChunk> chunks = new ArrayList<>();

  private StoreBench(String url, int count) {
    this.url = url;
    for (int number = 0; number < count; number++) {
      chunks.add(corpus.chunk(number));
    }
  }

  public static void main(String[] args) throws IOException {
    int count = args.length > 1 ? Integer.parseInt(args[1]) : 20_000;
    int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
    StoreBench bench = new StoreBench(args[0], count);
    bench.load(rounds);
    bench.search();
    bench.clear();
  }

  private void load(int rounds) throws IOException {
    loadBare(); // warms the server up
    List<Long> bare = new ArrayList<>();
    List<Long> ours = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      if (round % 2 == 0) {
        bare.add(loadBare());
        ours.add(loadOurs());
      } else {
        ours.add(loadOurs());
        bare.add(loadBare());
      }
      System.out.printf(
          "load %d: bare %.0f chunks/s, ragstream %.0f chunks/s%n",
          round + 1, rate(bare.getLast()), rate(ours.getLast()));
    }
    double bareRate = rate((long) (Percentiles.of(bare, 50) * 1e6));
    double ourRate = rate((long) (Percentiles.of(ours, 50) * 1e6));
    System.out.printf(
        "load, medians: bare %.0f chunks/s, ragstream %.0f chunks/s, ratio %.2f%n%n",
        bareRate, ourRate, ourRate / bareRate);
  }

  private double rate(long nanos) {
    return chunks.size() / (nanos / 1e9);
  }

  private long loadBare() throws IOException {
    try (BareElastic bare = new BareElastic(url, BARE)) {
      bare.remove();
      long start = System.nanoTime();
      bare.create(SeededCorpus.MODEL.dimensions());
      bare.load(chunks);
      return System.nanoTime() - start;
    }
  }

  private long loadOurs() throws IOException {
    try (ElasticStore store = BareElastic.store(url, OURS)) {
      store.delete();
      long start = System.nanoTime();
      SeededCorpus.load(store, chunks, false);
      return System.nanoTime() - start;
    }
  }

  private void search() throws IOException {
    Map<String, float[]> known = new HashMap<>();
    List<String> questions = new ArrayList<>();
    List<List<Float>> vectors = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(corpus.question(i));
      known.put(questions.get(i), corpus.questionVector(i));
      vectors.add(boxed(corpus.questionVector(i)));
    }
    List<Long> bareTook = new ArrayList<>();
    List<Long> oursTook = new ArrayList<>();
    Retrieval.Options options =
        new Retrieval.Options(Retrieval.Mode.HYBRID, 5, 50, Double.NEGATIVE_INFINITY, Filter.NONE);
    long found = 0;
    try (BareElastic bare = new BareElastic(url, BARE);
        PassageStore store = BareElastic.store(url, OURS)) {
      Retriever retriever = new StoreRetriever(store, new SeededEmbedder(known));
      for (int round = 0; round < WARM_UP_ROUNDS + SEARCH_ROUNDS; round++) {
        for (int i = 0; i < QUESTIONS; i++) {
          for (boolean ours : new boolean[] {(round + i) % 2 == 0, (round + i) % 2 != 0}) {
            long start = System.nanoTime();
            found +=
                ours
                    ? retriever.retrieve(questions.get(i), options, 10).passages().size()
                    : bare.search(questions.get(i), vectors.get(i));
            long took = System.nanoTime() - start;
            if (round >= WARM_UP_ROUNDS) {
              (ours ? oursTook : bareTook).add(took);
            }
          }
        }
      }
    }
    System.out.printf(
        "%d chunks, %d questions, %d rounds, %d hits%n",
        chunks.size(), QUESTIONS, SEARCH_ROUNDS, found);
    Percentiles.head();
    Percentiles.row("bare multi-search", bareTook);
    Percentiles.row("hybrid search through ragstream", oursTook);
    System.out.printf(
        "ratio of the p50s %.2f%n", Percentiles.of(oursTook, 50) / Percentiles.of(bareTook, 50));
  }

  private static List<Float> boxed(float[] vector) {
    List<Float> boxed = new ArrayList<>(vector.length);
    for (float value : vector) {
      boxed.add(value);
    }
    return boxed;
  }

  private void clear() throws IOException {
    try (BareElastic bare = new BareElastic(url, BARE);
        ElasticStore ours = BareElastic.store(url, OURS)) {
      bare.remove();
      ours.delete();
    }
  }
}
