package dev.ragstream.lucene;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;

/**
 * Makes the folder of a new index. A crash in the middle of an index's very first commit may leave
 * it unreadable (LUCENE-4738), so an empty index is committed aside and moved into its place in one
 * step.
 */
final class IndexFolder {

  private IndexFolder() {}

  static void create(Path folder) throws IOException {
    if (holdsIndex(folder)) {
      return;
    }
    requireEmpty(folder);
    Path parent = folder.toAbsolutePath().getParent();
    Files.createDirectories(parent);
    Path fresh = Files.createTempDirectory(parent, folder.getFileName() + ".new-");
    try {
      try (Directory directory = FSDirectory.open(fresh);
          IndexWriter writer =
              new IndexWriter(directory, new IndexWriterConfig(new PassageAnalyzer()))) {
        writer.commit();
      }
      Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      // Another process made it meanwhile; its index is as good as ours.
      if (!holdsIndex(folder)) {
        throw e;
      }
    } finally {
      deleteAll(fresh);
    }
  }

  private static boolean holdsIndex(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Directory directory = FSDirectory.open(folder)) {
      return DirectoryReader.indexExists(directory);
    }
  }

  private static void requireEmpty(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.of(folder)) {
      if (files.findAny().isPresent()) {
        throw new FailureException(
            Failure.Kind.STORE,
            folder + " holds other files and is no index",
            "point store.path at a folder of its own");
      }
    }
  }

  private static void deleteAll(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(folder)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.deleteIfExists(file);
    }
  }
}
