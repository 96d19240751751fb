package dev.ragstream.bench;

import dev.ragstream.embed.BundledModel;
import dev.ragstream.embed.OnnxEmbedder;
import dev.ragstream.ingest.Chunker;
import dev.ragstream.ingest.Document;
import dev.ragstream.ingest.FieldMapping;
import dev.ragstream.ingest.FileLoader;
import dev.ragstream.ingest.FileWalker;
import dev.ragstream.ingest.Finding;
import dev.ragstream.ingest.Found;
import dev.ragstream.ingest.Limits;
import dev.ragstream.ingest.Readers;
import dev.ragstream.ingest.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/**
 * A whole {@code ragstream index} process, its start-up included, against bare inference of the
 * very same chunks: {@code CORPUS.jsonl WORK_DIR ROUNDS DOCUMENTS RAGSTREAM}. Both go in turn, each
 * round from nothing.
 */
final class IndexBench {

  private final Path work;
  private final String ragstream;

  private IndexBench(Path work, String ragstream) {
    this.work = work;
    this.ragstream = ragstream;
  }

  public static void main(String[] args) throws Exception {
    Path work = Path.of(args[1]).toAbsolutePath();
    int rounds = Integer.parseInt(args[2]);
    int documents = Integer.parseInt(args[3]);
    IndexBench bench = new IndexBench(work, args[4]);
    bench.deleteState();
    bench.writeDocuments(Path.of(args[0]), documents);
    List<Double> whole = new ArrayList<>();
    List<Double> again = new ArrayList<>();
    List<Double> bare = new ArrayList<>();
    for (int round = 0; round < rounds; round++) {
      bench.deleteState();
      whole.add(bench.index());
      again.add(bench.index());
      List<String> texts = bench.chunks();
      bare.add(bench.infer(texts));
      System.out.printf(
          "round %d: %d chunks, ragstream index %.1f s, again %.2f s, bare inference %.1f s%n",
          round + 1, texts.size(), whole.getLast(), again.getLast(), bare.getLast());
    }
    System.out.printf(
        "medians: index / bare inference %.3f (goal ≤ 1.15), second run / first %.4f (goal ≤ 0.02)%n",
        median(whole) / median(bare), median(again) / median(whole));
  }

  private void writeDocuments(Path corpus, int count) throws IOException {
    Path folder = Files.createDirectories(work.resolve("docs"));
    List<String> lines;
    try (Stream<String> all = Files.lines(corpus)) {
      lines = all.limit(count).toList();
    }
    int perFile = 50;
    for (int from = 0; from < lines.size(); from += perFile) {
      List<String> part = lines.subList(from, Math.min(lines.size(), from + perFile));
      Files.write(folder.resolve("part-" + from / perFile + ".jsonl"), part);
    }
  }

  private void deleteState() throws IOException {
    Path state = work.resolve(".ragstream");
    if (Files.exists(state)) {
      try (Stream<Path> files = Files.walk(state)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private double index() throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process =
        new ProcessBuilder(ragstream, "-q", "index", "docs")
            .directory(work.toFile())
            .inheritIO()
            .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("ragstream index failed");
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** The texts that a run embeds, cut by the same parts with the default settings. */
  private List<String> chunks() {
    Limits limits = Limits.inThisProcess(Limits.DEFAULT_FILE_BYTES);
    FileLoader loader = new FileLoader(limits);
    Readers readers = new Readers(FieldMapping.BY_NAME, limits);
    List<String> texts = new ArrayList<>();
    try (OnnxEmbedder embedder = embedder()) {
      Chunker chunker = new Chunker(embedder::tokens, 256, 32, embedder.maxTokens());
      for (Finding finding :
          new FileWalker(work, List.of(), List.of(), limits).walk(List.of(work.resolve("docs")))) {
        if (finding instanceof Found found
            && readers.read(loader.load(found)) instanceof Reading.Read(Document document)) {
          chunker.chunks(found.source(), document).forEach(c -> texts.add(c.searchableText()));
        }
      }
    }
    return texts;
  }

  private OnnxEmbedder embedder() {
    return new OnnxEmbedder(BundledModel.named("bge-small-en"), work.resolve("cache"));
  }

  private double infer(List<String> texts) throws InterruptedException {
    try (OnnxEmbedder embedder = embedder()) {
      embedder.embedPassages(texts.subList(0, 4));
      long start = System.nanoTime();
      try (ExecutorService pool = Executors.newFixedThreadPool(embedder.concurrency())) {
        for (String text : texts) {
          var _ = pool.submit(() -> embedder.embedPassages(List.of(text)));
        }
      }
      return (System.nanoTime() - start) / 1e9;
    }
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
