package dev.ragstream.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The process's stdout, which keeps why it could not be written to: a PrintStream does not. */
final class Stdout extends OutputStream {

  private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
  private volatile @Nullable IOException failure;

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }

  /** Why something is missing in it; empty also where its reader had read enough and left. */
  Optional<String> failure() {
    IOException known = failure;
    return known == null || isClosedPipe(known)
        ? Optional.empty()
        : Optional.of(String.valueOf(known.getMessage()));
  }

  /** Systems tell it in the user's language alone, so it is compared with what they say of one. */
  private static boolean isClosedPipe(IOException failure) {
    try {
      Pipe pipe = Pipe.open();
      try (Pipe.SinkChannel sink = pipe.sink()) {
        pipe.source().close();
        sink.write(ByteBuffer.allocate(1));
        return false;
      }
    } catch (IOException closed) {
      return String.valueOf(failure.getMessage()).equals(closed.getMessage());
    }
  }
}
