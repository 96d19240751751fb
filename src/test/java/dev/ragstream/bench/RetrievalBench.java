package dev.ragstream.bench;

import dev.ragstream.app.Assembly;
import dev.ragstream.app.Surroundings;
import dev.ragstream.config.FlagValue;
import dev.ragstream.config.Settings;
import dev.ragstream.config.SettingsLoader;
import dev.ragstream.config.SettingsSources;
import dev.ragstream.core.Filter;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retriever;
import dev.ragstream.ingest.Indexer;
import dev.ragstream.ingest.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Retrieval quality on a BEIR collection, through the very parts that {@code ragstream index} and
 * {@code search} use: {@code DIR WORK_DIR [key=value …]}.
 */
final class RetrievalBench {

  /** Enough chunks that a hundred documents are among them. */
  private static final int DEPTH = 200;

  private RetrievalBench() {}

  public static void main(String[] args) throws IOException {
    BeirDataset data = BeirDataset.read(Path.of(args[0]).toAbsolutePath());
    Path work = Path.of(args[1]).toAbsolutePath();
    Files.createDirectories(work);
    List<FlagValue> flags = new ArrayList<>();
    flags.add(FlagValue.set("retrieval.candidates=" + DEPTH));
    for (String assignment : List.of(args).subList(2, args.length)) {
      flags.add(FlagValue.set(assignment));
    }
    Settings settings = SettingsLoader.load(new SettingsSources(work, Map.of(), null, null, flags));
    Surroundings surroundings =
        new Surroundings(work.resolve("cache"), Map.of(), true, System.err::println);
    try (Assembly assembly = new Assembly(settings, surroundings)) {
      index(assembly, data);
      System.out.printf(
          "%s, %s, %d queries%n",
          Path.of(args[0]).getFileName(), settings.embedding().model(), data.queries().size());
      System.out.println("mode      nDCG@10  recall@3  recall@100  MRR@10");
      for (Retrieval.Mode mode : Retrieval.Mode.values()) {
        measure(assembly, data, mode);
      }
    }
  }

  private static void index(Assembly assembly, BeirDataset data) {
    Indexer.Request request = new Indexer.Request(List.of(data.corpus()), true, false, false);
    Report report = assembly.indexer(List.of(), List.of()).run(request, _ -> {});
    System.out.printf(
        "%d chunks indexed in %.1f s%n", report.chunks(), report.took().toMillis() / 1e3);
  }

  private static void measure(Assembly assembly, BeirDataset data, Retrieval.Mode mode) {
    Retriever retriever = assembly.retriever();
    Retrieval.Options settings = assembly.retrieval(Filter.NONE);
    Retrieval.Options options =
        new Retrieval.Options(
            mode, settings.topK(), settings.candidates(), settings.minScore(), Filter.NONE);
    double ndcg = 0;
    double recall3 = 0;
    double recall = 0;
    double reciprocal = 0;
    for (Map.Entry<String, String> query : data.queries().entrySet()) {
      List<String> ranking =
          retriever.retrieve(query.getValue(), options, DEPTH).passages().stream()
              .map(passage -> passage.chunk().metadata().getOrDefault("id", ""))
              .distinct()
              .toList();
      RankingMetrics metrics =
          new RankingMetrics(ranking, data.judgements().getOrDefault(query.getKey(), Map.of()));
      ndcg += metrics.ndcg(10);
      recall3 += metrics.recall(3);
      recall += metrics.recall(100);
      reciprocal += metrics.reciprocalRank(10);
    }
    int n = data.queries().size();
    System.out.printf(
        "%-9s %.4f   %.4f    %.4f      %.4f%n",
        mode.name().toLowerCase(java.util.Locale.ROOT),
        ndcg / n,
        recall3 / n,
        recall / n,
        reciprocal / n);
  }
}
