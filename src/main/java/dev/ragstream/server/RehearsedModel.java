package dev.ragstream.server;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Prompt;
import java.time.Duration;

/**
 * A model that is late, slow, stalls or fails, as a {@link Rehearsal} says.
 *
 * @param silence how long a stall lasts before the model is given up
 */
record RehearsedModel(ChatModel model, Rehearsal rehearsal, Duration silence) implements ChatModel {

  @Override
  public String name() {
    return model.name();
  }

  @Override
  public Finish stream(Prompt prompt, Reader reader) throws InterruptedException {
    Thread.sleep(rehearsal.first());
    return model.stream(prompt, new Pacing(reader));
  }

  /** Holds up what passes through it. */
  private final class Pacing implements Reader {

    private final Reader reader;
    private final Pace pace = new Pace(rehearsal.perSecond());
    private int pieces;

    Pacing(Reader reader) {
      this.reader = reader;
    }

    @Override
    public void reasoning(String piece) {
      holdUp();
      reader.reasoning(piece);
    }

    @Override
    public void text(String piece) {
      holdUp();
      reader.text(piece);
    }

    private void holdUp() {
      try {
        if (rehearsal.error() != Rehearsal.NEVER && pieces >= rehearsal.error()) {
          throw rehearsal.rehearsedError();
        }
        if (rehearsal.stall() != Rehearsal.NEVER && pieces >= rehearsal.stall()) {
          Thread.sleep(silence);
          throw rehearsal.rehearsedStall(silence);
        }
        Thread.sleep(pace.hold(System.nanoTime()));
        pieces++;
      } catch (InterruptedException e) {
        // The pipeline looks at the flag, and calls it a cancellation.
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted in a rehearsal", e);
      }
    }
  }
}
