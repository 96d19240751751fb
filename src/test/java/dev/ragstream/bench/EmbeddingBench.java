package dev.ragstream.bench;

import dev.langchain4j.data.embedding.Embedding;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallenv15q.BgeSmallEnV15QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.bgesmallzhv15q.BgeSmallZhV15QuantizedEmbeddingModel;
import dev.langchain4j.model.embedding.onnx.e5smallv2q.E5SmallV2QuantizedEmbeddingModel;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.TokenSpans;
import dev.ragstream.embed.BundledModel;
import dev.ragstream.embed.OnnxEmbedder;
import dev.ragstream.embed.Vectors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * Compares bare inference with LangChain4j's {@code embedAll} over the same weights: chunks per
 * second, and how far their vectors agree.
 *
 * <p>Arguments: a corpus in BEIR's form (JSON lines with {@code title} and {@code text}), then as
 * wanted the model's name, the number of chunks, the number of rounds.
 */
public final class EmbeddingBench {

  private static final int CHUNK_TOKENS = 238;
  private static final Path CACHE = Path.of("target", "resource-cache");

  private EmbeddingBench() {}

  /** Runs the comparison and prints it. */
  public static void main(String[] arguments) throws Exception {
    // LangChain4j's tokenizer would report its start over the network.
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ENGINE_CACHE_DIR", CACHE.resolve("djl").toString());
    BundledModel model = BundledModel.named(arguments.length > 1 ? arguments[1] : "bge-small-en");
    int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 2_000;
    int rounds = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 5;

    try (OnnxEmbedder ours = new OnnxEmbedder(model, CACHE)) {
      List<String> chunks = chunks(Path.of(arguments[0]), ours, count);
      EmbeddingModel theirs = langChain4j(model);
      List<TextSegment> segments =
          chunks.stream().map(chunk -> TextSegment.from(model.passagePrefix() + chunk)).toList();
      embedAll(ours, chunks.subList(0, Math.min(20, chunks.size())));
      theirs.embedAll(segments.subList(0, Math.min(20, chunks.size())));

      double[] ourRates = new double[rounds];
      double[] theirRates = new double[rounds];
      double agreement = 1;
      for (int round = 0; round < rounds; round++) {
        long start = System.nanoTime();
        List<Embedding> theirVectors = theirs.embedAll(segments).content();
        long middle = System.nanoTime();
        List<float[]> ourVectors = embedAll(ours, chunks);
        long end = System.nanoTime();
        theirRates[round] = chunks.size() * 1e9 / (middle - start);
        ourRates[round] = chunks.size() * 1e9 / (end - middle);
        agreement = Math.min(agreement, leastCosine(ourVectors, theirVectors));
      }
      System.out.printf(
          """
          %s, %d chunks of %d tokens, %d threads, medians of %d rounds
          LangChain4j embedAll  %8.2f chunks/s
          bare inference        %8.2f chunks/s
          ratio                 %8.2f
          least cosine          %8.6f
          """,
          model.model(),
          chunks.size(),
          CHUNK_TOKENS,
          ours.concurrency(),
          rounds,
          median(theirRates),
          median(ourRates),
          median(ourRates) / median(theirRates),
          agreement);
    }
  }

  /** Cuts the documents into pieces of the wanted number of tokens; shorter rests are left out. */
  private static List<String> chunks(Path corpus, Embedder embedder, int count) throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (Stream<String> lines = Files.lines(corpus)) {
      return lines
          .map(json::readTree)
          .flatMap(document -> pieces(text(document), embedder))
          .limit(count)
          .toList();
    }
  }

  private static String text(JsonNode document) {
    return document.path("title").asString() + "\n\n" + document.path("text").asString();
  }

  private static Stream<String> pieces(String text, Embedder embedder) {
    TokenSpans tokens = embedder.tokens(text);
    return IntStream.range(0, tokens.count() / CHUNK_TOKENS)
        .mapToObj(piece ->
            text.substring(
                tokens.starts()[piece * CHUNK_TOKENS],
                tokens.ends()[(piece + 1) * CHUNK_TOKENS - 1]));
  }

  private static List<float[]> embedAll(Embedder embedder, List<String> chunks) throws Exception {
    List<Callable<float[]>> calls =
        chunks.stream()
            .<Callable<float[]>>map(
                chunk -> () -> embedder.embedPassages(List.of(chunk)).getFirst())
            .toList();
    List<float[]> vectors = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(embedder.concurrency())) {
      for (Future<float[]> vector : threads.invokeAll(calls)) {
        vectors.add(vector.get());
      }
    }
    return vectors;
  }

  private static double leastCosine(List<float[]> ours, List<Embedding> theirs) {
    return IntStream.range(0, ours.size())
        .mapToDouble(i -> Vectors.cosine(ours.get(i), theirs.get(i).vector()))
        .min()
        .orElseThrow();
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  private static EmbeddingModel langChain4j(BundledModel model) {
    return switch (model) {
      case BGE_SMALL_EN -> new BgeSmallEnV15QuantizedEmbeddingModel();
      case BGE_SMALL_ZH -> new BgeSmallZhV15QuantizedEmbeddingModel();
      case ALL_MINILM_L6 -> new AllMiniLmL6V2QuantizedEmbeddingModel();
      case E5_SMALL -> new E5SmallV2QuantizedEmbeddingModel();
    };
  }
}
