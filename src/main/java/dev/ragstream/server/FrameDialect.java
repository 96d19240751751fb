package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.render.JsonBytes;

/** How one wire spells events as WebSocket messages; an object for each answer. */
interface FrameDialect {

  /**
   * Appends the message that an event makes.
   *
   * @return whether it makes one
   */
  boolean spell(AnswerEvent event, JsonBytes out);
}
