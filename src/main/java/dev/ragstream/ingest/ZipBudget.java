package dev.ragstream.ingest;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Refuses an archive that unpacks to more than can be held, before anything is made of it. */
final class ZipBudget {

  private static final int MOST_ENTRIES = 10_000;

  /** The tree of an XML part takes many times the room of its bytes. */
  private static final int TREE_FACTOR = 8;

  private ZipBudget() {}

  static void check(SourceFile file, Limits limits) {
    long budget = limits.textBytes();
    byte[] buffer = new byte[64 << 10];
    int entries = 0;
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file.bytes()))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        entries++;
        int weight = entry.getName().endsWith(".xml") ? TREE_FACTOR : 1;
        for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
          budget -= (long) n * weight;
          if (budget < 0 || entries > MOST_ENTRIES) {
            throw Unreadable.because(
                "%s unpacks to more than can be held in memory (%s)"
                    .formatted(file.source(), Limits.megabytes(limits.textBytes())),
                "if it is no zip bomb, split the document, or give Java more memory with -Xmx");
          }
        }
      }
    } catch (IOException e) {
      throw Unreadable.because(
          "%s is damaged: %s".formatted(file.source(), Unreadable.reason(e)),
          "open it in the program it was made with and save it again",
          e);
    }
  }
}
