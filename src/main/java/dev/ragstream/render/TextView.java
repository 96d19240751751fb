package dev.ragstream.render;

import java.io.PrintStream;

/** How the text of an answer is shown to people, piece by piece. */
public interface TextView {

  /** Receives the next piece. */
  void add(String piece);

  /** Nothing follows: ends the line where one was begun. */
  void end();

  /** As it is, but harmless. */
  static TextView plain(PrintStream to) {
    return new TextView() {
      private boolean lineOpen;

      @Override
      public void add(String piece) {
        to.print(TerminalText.safe(piece));
        to.flush();
        lineOpen = !piece.endsWith("\n");
      }

      @Override
      public void end() {
        if (lineOpen) {
          to.println();
          lineOpen = false;
        }
        to.flush();
      }
    };
  }
}
