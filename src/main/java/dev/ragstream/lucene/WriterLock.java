package dev.ragstream.lucene;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;

/**
 * Who writes to an index. Lucene's writer has a lock of its own, but cannot say who holds it; this
 * one is taken first and names its process. The operating system frees it when the process ends,
 * however it ends.
 */
final class WriterLock implements AutoCloseable {

  private static final String LOCK = "ragstream.lock";
  private static final String HOLDER = "ragstream.writer";

  /** The names of the files that it may leave in the folder. */
  static final Set<String> FILES = Set.of(LOCK, HOLDER);

  private final Path folder;
  private final FSDirectory directory;
  private final Lock lock;

  private WriterLock(Path folder, FSDirectory directory, Lock lock) {
    this.folder = folder;
    this.directory = directory;
    this.lock = lock;
  }

  static WriterLock take(Path folder) throws IOException {
    FSDirectory directory = FSDirectory.open(folder);
    try {
      WriterLock lock = new WriterLock(folder, directory, directory.obtainLock(LOCK));
      lock.sayWho();
      return lock;
    } catch (LockObtainFailedException e) {
      directory.close();
      throw held(folder, e);
    } catch (IOException e) {
      directory.close();
      throw e;
    }
  }

  private void sayWho() throws IOException {
    try {
      Files.writeString(folder.resolve(HOLDER), Long.toString(ProcessHandle.current().pid()));
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public void close() {
    try (directory;
        lock) {
      Files.deleteIfExists(folder.resolve(HOLDER));
    } catch (IOException _) {
      // The lock goes with the process at the latest, and the name without the lock means nothing.
    }
  }

  private static FailureException held(Path folder, LockObtainFailedException cause)
      throws IOException {
    return new FailureException(
        new Failure(
            Failure.Kind.STORE_LOCKED,
            "the index at " + folder + " is being written by " + holder(folder),
            "wait until it has ended, or end it; searching works meanwhile"),
        cause);
  }

  private static String holder(Path folder) throws IOException {
    try {
      String pid = Files.readString(folder.resolve(HOLDER), StandardCharsets.UTF_8).strip();
      return pid.matches("\\d{1,18}") ? process(Long.parseLong(pid)) : "another process";
    } catch (NoSuchFileException _) {
      return "another process";
    }
  }

  private static String process(long pid) {
    if (pid == ProcessHandle.current().pid()) {
      return "this process itself";
    }
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().command())
        .map(command -> "process " + pid + " (" + command + ")")
        .orElse("process " + pid);
  }
}
