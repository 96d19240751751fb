package dev.ragstream.elastic;

import dev.ragstream.core.ChatLog.Chat;
import dev.ragstream.core.Message.Role;
import java.util.Comparator;

/**
 * One side of a turn, as it is kept in a cluster.
 *
 * @param time as the front end writes it
 * @param said its place in the order in which things were said, in microseconds since 1970; 0 where
 *     another program wrote it, which knows no such order
 * @param written its place in the order in which the index took things in
 */
record ChatMessage(
    Chat chat, Role role, String title, String content, String time, long said, long written) {

  /** What other programs wrote comes first, by its time as far as that tells. */
  static final Comparator<ChatMessage> IN_ORDER =
      Comparator.comparingLong(ChatMessage::said)
          .thenComparing(message -> message.said() == 0 ? message.time() : "")
          .thenComparingLong(ChatMessage::written);

  /** One that is not written yet. */
  ChatMessage(Chat chat, Role role, String title, String content, String time, long said) {
    this(chat, role, title, content, time, said, 0);
  }
}
