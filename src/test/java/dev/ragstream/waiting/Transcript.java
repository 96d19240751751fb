package dev.ragstream.waiting;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** Keeps what is written to it, as text, and wakes who waits for something in it. */
public final class Transcript extends OutputStream {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private boolean closed;

  @Override
  public synchronized void write(int b) {
    bytes.write(b);
    notifyAll();
  }

  @Override
  public synchronized void write(byte[] from, int offset, int length) {
    bytes.write(from, offset, length);
    notifyAll();
  }

  /** Writes a line. */
  public void say(String line) {
    byte[] said = (line + "\n").getBytes(StandardCharsets.UTF_8);
    write(said, 0, said.length);
  }

  /** Nothing more will come: who waits need not any longer. */
  @Override
  public synchronized void close() {
    closed = true;
    notifyAll();
  }

  /** All that was written so far. */
  public synchronized String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /**
   * Waits until what was written is as wanted.
   *
   * @param what is waited for, as people say it
   * @return all that was written until then
   * @throws AssertionError where that is not so in time, or at the end; tells what was written
   */
  public synchronized String await(String what, Duration patience, Predicate<String> wanted) {
    long end = System.nanoTime() + patience.toNanos();
    while (!wanted.test(text())) {
      long left = (end - System.nanoTime()) / 1_000_000;
      if (closed || left <= 0) {
        throw new AssertionError("there never was " + what + ":\n" + text());
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
    return text();
  }
}
