package dev.ragstream.lucene;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFileNames;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SegmentInfos;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/**
 * The folder of an index: makes it and opens it.
 *
 * @param opener how Lucene reaches the files in it
 */
record IndexFolder(Path path, Opener opener) {

  /** Opens a folder; a test puts a disk that fails in its place. */
  @FunctionalInterface
  interface Opener {
    Directory open(Path folder) throws IOException;
  }

  Directory open() throws IOException {
    return opener.open(path);
  }

  /** Tells a folder from another one that was put in its place, whose index may look the same. */
  record Identity(@Nullable Object key, FileTime created) {}

  Identity identity() throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
    return new Identity(attributes.fileKey(), attributes.creationTime());
  }

  boolean holdsIndex() throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Directory directory = open()) {
      return DirectoryReader.indexExists(directory);
    }
  }

  /**
   * Puts an empty index there where there is none. A crash in the middle of an index's very first
   * commit may leave it unreadable (LUCENE-4738), so an empty index is committed aside and moved
   * into its place in one step.
   */
  void create() throws IOException {
    if (holdsIndex()) {
      return;
    }
    requireEmpty();
    Files.createDirectories(path.toAbsolutePath().getParent());
    Path fresh = beside("new");
    try {
      Files.createDirectory(fresh);
      try (Directory directory = opener.open(fresh);
          IndexWriter writer =
              new IndexWriter(directory, new IndexWriterConfig(PassageAnalyzer.ofPassages()))) {
        writer.commit();
      }
      Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
    } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
      // Another process made it meanwhile; its index is as good as ours.
      if (!holdsIndex()) {
        throw e;
      }
    } finally {
      deleteIndex(fresh);
    }
  }

  /**
   * Clears the place where an index is too damaged for Lucene to begin a new one over it. Files
   * that are not the index's own are kept, in a folder beside.
   */
  void removeIfDamaged() throws IOException {
    if (!(holdsIndex() || holdsNothingElse()) || isComplete()) {
      return;
    }
    Path damaged = beside("damaged");
    try (WriterLock _ = WriterLock.take(path)) {
      if (!isComplete()) {
        Files.move(path, damaged, StandardCopyOption.ATOMIC_MOVE);
      }
    }
    deleteIndex(damaged);
  }

  /** Whether the list of the index's files can be read and they are all there. */
  private boolean isComplete() throws IOException {
    try (Directory directory = open()) {
      SegmentInfos listed = SegmentInfos.readLatestCommit(directory);
      return Set.of(directory.listAll()).containsAll(listed.files(true));
    } catch (IOException | RuntimeException _) {
      return false;
    }
  }

  private boolean holdsNothingElse() throws IOException {
    if (!Files.isDirectory(path)) {
      return false;
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.allMatch(IndexFolder::isOurs);
    }
  }

  private Path beside(String purpose) {
    return path.resolveSibling(path.getFileName() + "." + purpose + "-" + UUID.randomUUID());
  }

  private void requireEmpty() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    if (!holdsNothingElse()) {
      throw new FailureException(
          Failure.Kind.STORE,
          path + " holds other files and is no index",
          "point store.path at a folder of its own");
    }
    try (Stream<Path> files = Files.list(path)) {
      if (files.findAny().isPresent()) {
        throw StoreFailures.unreadable(
            path, new FileNotFoundException("the list of its segments is lost"));
      }
    }
  }

  /** Deletes an index, and its folder unless somebody has put other files there. */
  private static void deleteIndex(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(folder)) {
      files = all.filter(IndexFolder::isOurs).toList();
    }
    for (Path file : files) {
      Files.deleteIfExists(file);
    }
    try {
      Files.delete(folder);
    } catch (DirectoryNotEmptyException _) {
      // What is left is not ours.
    }
  }

  private static boolean isOurs(Path file) {
    String name = file.getFileName().toString();
    return IndexFileNames.CODEC_FILE_PATTERN.matcher(name).matches()
        || name.contains(IndexFileNames.SEGMENTS)
        || name.equals(IndexWriter.WRITE_LOCK_NAME)
        || WriterLock.FILES.contains(name);
  }
}
