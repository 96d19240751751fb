package dev.ragstream.bench;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.PassageWriter.EmbeddedChunk;
import dev.ragstream.core.StoredDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Chunks and questions that are the same in every run: vectors in clusters, as those of real texts
 * are, and words as rare as Zipf's law has them, or the texts of a real corpus.
 */
final class SeededCorpus {

  static final dev.ragstream.core.EmbeddingModel MODEL =
      new dev.ragstream.core.EmbeddingModel("seeded", 384);

  private static final int CLUSTERS = 1_000;

  /** How far a chunk is from the middle of its cluster, which has length one. */
  private static final double SPREAD = 0.8;

  private static final int VOCABULARY = 50_000;
  private static final int WORDS_IN_CHUNK = 120;
  private static final int CHUNKS_IN_DOCUMENT = 10;
  private static final Duration COMMIT_EVERY = Duration.ofSeconds(2);
  private static final int COMMIT_SHARE = 20;

  private final float[][] clusters = new float[CLUSTERS][];
  private final double[] likelihood = new double[VOCABULARY];
  private final List<String> texts;

  /** A corpus of invented words. */
  SeededCorpus() {
    this(List.of());
  }

  private SeededCorpus(List<String> texts) {
    this.texts = texts;
    Random random = new Random(1);
    for (int i = 0; i < CLUSTERS; i++) {
      clusters[i] = unit(noise(random));
    }
    double sum = 0;
    for (int rank = 0; rank < VOCABULARY; rank++) {
      sum += 1.0 / (rank + 1);
      likelihood[rank] = sum;
    }
  }

  /** A corpus in BEIR's form: JSON lines with {@code text}. */
  static SeededCorpus read(Path file) throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (Stream<String> lines = Files.lines(file)) {
      return new SeededCorpus(
          lines.map(json::readTree).map((JsonNode line) -> line.path("text").asString()).toList());
    }
  }

  /** Writes so many chunks, made one after the other. */
  void load(PassageStore store, int count, boolean rebuild) {
    load(store, count, this::chunk, rebuild);
  }

  /** Writes chunks that were made before, ten to a document, with commits as the indexer's. */
  static void load(PassageStore store, List<EmbeddedChunk> chunks, boolean rebuild) {
    load(store, chunks.size(), chunks::get, rebuild);
  }

  private static void load(
      PassageStore store, int chunks, IntFunction<EmbeddedChunk> chunk, boolean rebuild) {
    try (PassageWriter writer = store.write(MODEL, rebuild)) {
      long nextCommit = System.nanoTime() + COMMIT_EVERY.toNanos();
      for (int first = 0; first < chunks; first += CHUNKS_IN_DOCUMENT) {
        String source = source(first);
        int count = Math.min(CHUNKS_IN_DOCUMENT, chunks - first);
        writer.delete(source);
        for (int number = first; number < first + count; number++) {
          writer.add(chunk.apply(number));
        }
        writer.add(new StoredDocument(source, "1", count));
        if (System.nanoTime() - nextCommit > 0) {
          long start = System.nanoTime();
          writer.commit();
          long end = System.nanoTime();
          nextCommit = end + Math.max(COMMIT_EVERY.toNanos(), COMMIT_SHARE * (end - start));
        }
      }
      writer.commit();
    }
  }

  private static String source(int number) {
    return "document" + number / CHUNKS_IN_DOCUMENT;
  }

  /** Six words as a user may ask them, none of the very commonest. */
  String question(int number) {
    Random random = new Random(-1 - number);
    if (!texts.isEmpty()) {
      String[] words = texts.get(random.nextInt(texts.size())).split("\\W+", 200);
      StringBuilder question = new StringBuilder();
      for (int i = 0; i < 6; i++) {
        question.append(words[random.nextInt(words.length)]).append(' ');
      }
      return question.toString().strip();
    }
    StringBuilder question = new StringBuilder();
    for (int i = 0; i < 6; i++) {
      question.append(word(20 + rank(random) % (VOCABULARY - 20))).append(' ');
    }
    return question.toString().strip();
  }

  /** The vector of a question: somewhere in a cluster. */
  float[] questionVector(int number) {
    return vector(new Random(-1_000_000 - number));
  }

  /** The chunk with this number; those of ten numbers in turn are a document. */
  EmbeddedChunk chunk(int number) {
    String source = source(number);
    int n = 1 + number % CHUNKS_IN_DOCUMENT;
    Random random = new Random(number);
    String text = texts.isEmpty() ? text(random) : texts.get(number % texts.size());
    Chunk chunk =
        new Chunk(source + "#" + n, source, "Title of " + source, text, Map.of("type", "text"));
    return new EmbeddedChunk(chunk, vector(random));
  }

  private String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < WORDS_IN_CHUNK; i++) {
      text.append(word(rank(random))).append(i % 12 == 11 ? ". " : " ");
    }
    return text.toString();
  }

  private int rank(Random random) {
    double place = random.nextDouble() * likelihood[VOCABULARY - 1];
    int found = java.util.Arrays.binarySearch(likelihood, place);
    return Math.min(found < 0 ? -found - 1 : found, VOCABULARY - 1);
  }

  private static String word(int rank) {
    return String.format(Locale.ROOT, "q%sx", Integer.toString(rank, 36));
  }

  private float[] vector(Random random) {
    float[] middle = clusters[random.nextInt(CLUSTERS)];
    float[] vector = unit(noise(random));
    for (int i = 0; i < vector.length; i++) {
      vector[i] = (float) (middle[i] + SPREAD * vector[i]);
    }
    return unit(vector);
  }

  private static float[] noise(Random random) {
    float[] noise = new float[MODEL.dimensions()];
    for (int i = 0; i < noise.length; i++) {
      noise[i] = (float) random.nextGaussian();
    }
    return noise;
  }

  private static float[] unit(float[] vector) {
    double square = 0;
    for (float value : vector) {
      square += (double) value * value;
    }
    float length = (float) Math.sqrt(square);
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= length;
    }
    return vector;
  }
}
