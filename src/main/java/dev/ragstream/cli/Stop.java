package dev.ragstream.cli;

import org.jspecify.annotations.Nullable;

/** Ctrl-C while an answer is in the making: it ends, and nothing else does. */
final class Stop {

  private @Nullable Thread answering;
  private boolean asked;

  /** This thread answers from now on. */
  synchronized void begin() {
    asked = false;
    answering = Thread.currentThread();
  }

  /** Called from any thread. */
  synchronized void now() {
    if (answering != null) {
      asked = true;
      answering.interrupt();
    }
  }

  /** Whether it was asked for since {@link #begin}. */
  synchronized boolean asked() {
    return asked;
  }

  /** The answer has ended; an interrupt that came too late is spent. */
  synchronized void end() {
    answering = null;
    if (asked) {
      Thread.interrupted();
    }
  }
}
