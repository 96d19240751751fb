package dev.ragstream.lucene;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Who writes to an index. Lucene has a lock of its own, but it cannot say who holds it; this one is
 * taken first and names its process. The operating system frees it when the process ends, however
 * it ends.
 */
final class WriterLock {

  private static final String LOCK = "ragstream.lock";
  private static final String HOLDER = "ragstream.writer";

  private final Path folder;
  private final FileChannel channel;

  private WriterLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static WriterLock take(Path folder) throws IOException {
    FileChannel channel =
        FileChannel.open(folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      channel.close();
      throw held(folder);
    }
    Files.writeString(folder.resolve(HOLDER), Long.toString(ProcessHandle.current().pid()));
    return new WriterLock(folder, channel);
  }

  void release() {
    try (channel) {
      Files.deleteIfExists(folder.resolve(HOLDER));
    } catch (IOException _) {
      // The lock itself goes with the channel or, at the latest, with the process.
    }
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      @Nullable FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException _) {
      return false;
    }
  }

  private static FailureException held(Path folder) throws IOException {
    return new FailureException(
        Failure.Kind.STORE_LOCKED,
        "the index at " + folder + " is being written by " + holder(folder),
        "wait until it has ended, or end it; searching works meanwhile");
  }

  private static String holder(Path folder) throws IOException {
    try {
      String pid = Files.readString(folder.resolve(HOLDER), StandardCharsets.UTF_8).strip();
      String command =
          pid.matches("\\d+")
              ? ProcessHandle.of(Long.parseLong(pid))
                  .flatMap(process -> process.info().command())
                  .map(name -> " (" + name + ")")
                  .orElse("")
              : "";
      return "process " + pid + command;
    } catch (NoSuchFileException _) {
      return "another process";
    }
  }
}
