package dev.ragstream.render;

import java.io.PrintStream;

/** How what a model thinks aloud is shown to people, before and between pieces of the answer. */
public interface ReasoningView {

  /** Receives the next piece. */
  void add(String piece);

  /** The answer goes on, or everything has ended; does nothing where nothing was thought. */
  void end();

  /** Not at all. */
  static ReasoningView none() {
    return new ReasoningView() {
      @Override
      public void add(String piece) {
        // not shown
      }

      @Override
      public void end() {
        // not shown
      }
    };
  }

  /** As it comes, and it stays. */
  static ReasoningView streamed(PrintStream to, Style style) {
    return new ReasoningView() {
      private boolean open;

      @Override
      public void add(String piece) {
        to.print(style.dim(TerminalText.safe(piece)));
        to.flush();
        open = true;
      }

      @Override
      public void end() {
        if (open) {
          to.println();
          to.println();
          open = false;
        }
      }
    };
  }
}
