package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.render.JsonBytes;
import java.time.Duration;

/** How one wire spells events; an object for each answer. */
interface Dialect {

  /**
   * How long what goes before the answer's first word may be held back, so that a failure until
   * then is told by the status of the response; until the first ping at most.
   */
  default Duration holdsBack() {
    return Duration.ZERO;
  }

  /** What such a failure is told as. */
  default Refusal refusal(Failed failed) {
    return Refusal.of(failed);
  }

  /** Appends what goes before all events. */
  default void begin(JsonBytes out) {}

  /**
   * Appends an event, or nothing where the wire has no word for it.
   *
   * @param sequence its number in the run, from 1
   */
  void spell(long sequence, AnswerEvent event, JsonBytes out);
}
