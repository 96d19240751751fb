package dev.ragstream.journal;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Events that wait to be written. Thousands of small pieces of text would be thousands of rows, so
 * pieces that come one after the other are joined.
 */
final class EventQueue {

  /** What is lost at most when the process is killed, but for a piece that nothing follows. */
  private static final long LONGEST_WAIT_NANOS = 250_000_000;

  private static final int MOST_CHARS = 1 << 16;

  private final long start = System.nanoTime();
  private final List<TimedEvent> waiting = new ArrayList<>();
  private StringBuilder pieces = new StringBuilder();
  private boolean reasoned;
  private long firstPiece;
  private long lastTaken = start;

  void add(AnswerEvent event) {
    switch (event) {
      case Text(String piece) -> join(piece, false);
      case Reasoning(String piece) -> join(piece, true);
      case AnswerEvent other -> {
        endPieces();
        waiting.add(new TimedEvent(millis(), other));
      }
    }
  }

  private void join(String piece, boolean reasoning) {
    if (reasoning != reasoned) {
      endPieces();
      reasoned = reasoning;
    }
    if (pieces.isEmpty()) {
      firstPiece = millis();
    }
    pieces.append(piece);
  }

  private void endPieces() {
    if (!pieces.isEmpty()) {
      String text = pieces.toString();
      waiting.add(new TimedEvent(firstPiece, reasoned ? new Reasoning(text) : new Text(text)));
      pieces = new StringBuilder(); // which takes no more room than what comes
    }
  }

  /** Whether it has waited long enough. */
  boolean isDue() {
    return System.nanoTime() - lastTaken >= LONGEST_WAIT_NANOS;
  }

  /** Whether it takes more room than it should. */
  boolean isFull() {
    return pieces.length() >= MOST_CHARS;
  }

  List<TimedEvent> take() {
    endPieces();
    List<TimedEvent> taken = List.copyOf(waiting);
    waiting.clear();
    lastTaken = System.nanoTime();
    return taken;
  }

  private long millis() {
    return (System.nanoTime() - start) / 1_000_000;
  }
}
