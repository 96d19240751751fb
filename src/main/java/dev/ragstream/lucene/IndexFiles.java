package dev.ragstream.lucene;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.store.ByteBuffersDataInput;
import org.apache.lucene.store.ByteBuffersIndexInput;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.FSLockFactory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.MMapDirectory;
import org.jspecify.annotations.Nullable;

/**
 * The files of an index: large ones are mapped into memory, small ones read whole. Before the first
 * file is mapped Lucene links itself to the operating system, which takes longer than all that a
 * short command does in a small index.
 */
final class IndexFiles extends FSDirectory {

  /** In bytes. */
  private static final long SMALL = 1 << 20;

  private @Nullable MMapDirectory large;

  IndexFiles(Path folder) throws IOException {
    super(folder, FSLockFactory.getDefault());
  }

  @Override
  public IndexInput openInput(String name, IOContext context) throws IOException {
    ensureOpen();
    ensureCanRead(name);
    if (fileLength(name) > SMALL) {
      return large().openInput(name, context);
    }
    Path file = getDirectory().resolve(name);
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    return new ByteBuffersIndexInput(new ByteBuffersDataInput(List.of(bytes)), file.toString());
  }

  @Override
  public synchronized void close() throws IOException {
    if (large != null) {
      large.close();
    }
    super.close();
  }

  private synchronized MMapDirectory large() throws IOException {
    if (large == null) {
      large = new MMapDirectory(getDirectory());
    }
    return large;
  }
}
