package dev.ragstream.bench;

import dev.ragstream.core.PassageStore;
import dev.ragstream.core.StoreStatus;
import dev.ragstream.lucene.LuceneStore;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads chunks into a new index and tells how fast it was and how much heap it took: {@code
 * WORK_DIR [CHUNKS [URL]]}, the URL of an Elasticsearch node. Run it with a small {@code -Xmx}.
 */
final class LoadBench {

  private LoadBench() {}

  public static void main(String[] args) throws IOException {
    int chunks = args.length > 1 ? Integer.parseInt(args[1]) : 200_000;
    Path folder = Path.of(args[0], "load-" + chunks);
    Files.createDirectories(folder.toAbsolutePath().getParent());
    try (PassageStore store =
        args.length > 2 ? BareElastic.store(args[2], "bench-load") : new LuceneStore(folder)) {
      long start = System.nanoTime();
      new SeededCorpus().load(store, chunks, true);
      double seconds = (System.nanoTime() - start) / 1e9;
      StoreStatus status = store.status();
      System.out.printf(
          """
          %d chunks of %d documents, %d MB on disk
          %.0f s, %.0f chunks/s
          heap: %d MB at most, of %d MB
          """,
          status.chunks(),
          status.documents(),
          status.bytes() >> 20,
          seconds,
          chunks / seconds,
          peakHeap() >> 20,
          Runtime.getRuntime().maxMemory() >> 20);
    }
  }

  /** The sum of what each part of the heap held at most, garbage included. */
  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getPeakUsage)
        .mapToLong(java.lang.management.MemoryUsage::getUsed)
        .sum();
  }
}
