package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What one wire does with the messages of a WebSocket. */
interface SocketWire {

  /**
   * What a message asks.
   *
   * @param listener is told every event of the answer
   */
  record Order(Asked asked, Consumer<AnswerEvent> listener) {}

  /**
   * Reads a message.
   *
   * @param organisation the id in the header, for a message that names none
   * @throws RefusedException where it cannot be understood
   */
  Order order(Body body, @Nullable String organisation);

  /**
   * Spells an answer.
   *
   * @param id what the client calls its question; null: nothing
   */
  FrameDialect dialect(Run run, @Nullable String id);

  /** Spells what is wrong with a message. */
  String refusal(Refusal refusal, @Nullable String id);
}
