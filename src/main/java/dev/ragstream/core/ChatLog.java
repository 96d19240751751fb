package dev.ragstream.core;

import java.util.List;

/**
 * Port: what users said and were answered, chat by chat. Nobody sees the chats of another user, nor
 * those of the same user in another organisation. Several threads and processes may use one log.
 *
 * <p>Every method throws a {@link FailureException} where the log cannot be read or written.
 */
public interface ChatLog extends AutoCloseable {

  /** Adds what was said to a chat, which begins with that; all of it or nothing. */
  void append(Chat chat, Turn turn);

  /** A user's chats in an organisation; the one that was last added to comes first. */
  List<Listed> chats(Owner owner);

  /** What was said in a chat, in the order in which it was said; empty where there is no such. */
  List<Message> messages(Chat chat);

  @Override
  void close();

  /** Whose chats; the ids are the front end's. */
  record Owner(String userId, String orgId) {}

  /** One chat of a user; its id is unique among that user's. */
  record Chat(Owner owner, String chatId) {}

  /**
   * What was said: both sides of a turn, or the user's alone while there is no answer.
   *
   * @param title of the chat, as of this turn; may be empty
   * @param time as the front end writes it; it is kept and given back, and no order follows from it
   * @param said in order, by a user or an assistant
   */
  record Turn(String title, String time, List<Message> said) {

    public Turn {
      said = List.copyOf(said);
    }

    /** A question and its answer. */
    public Turn(String title, String time, String question, String answer) {
      this(
          title,
          time,
          List.of(
              new Message(Message.Role.USER, question),
              new Message(Message.Role.ASSISTANT, answer)));
    }
  }

  /**
   * A chat in a list.
   *
   * @param title and {@code time}: those of its last turn
   */
  record Listed(String chatId, String title, String time) {}
}
