package dev.ragstream.lucene;

import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.search.IndexSearcher;

/** Reads from an index, and turns what a damaged one does to Lucene into a failure. */
final class GuardedRead {

  private GuardedRead() {}

  @FunctionalInterface
  interface Action<T> {
    T on(IndexSearcher searcher) throws IOException;
  }

  static <T> T from(IndexSearcher searcher, Path folder, Action<T> action) {
    try {
      return action.on(searcher);
    } catch (FailureException e) {
      throw e;
    } catch (IOException e) {
      throw StoreFailures.unreadable(folder, e);
    } catch (RuntimeException e) {
      checkSums(searcher, folder);
      throw e;
    }
  }

  /** Lucene trusts most of the bytes that it reads; where it stumbles, their sums tell why. */
  private static void checkSums(IndexSearcher searcher, Path folder) {
    try {
      for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
        leaf.reader().checkIntegrity();
      }
    } catch (IOException e) {
      throw StoreFailures.unreadable(folder, e);
    }
  }
}
