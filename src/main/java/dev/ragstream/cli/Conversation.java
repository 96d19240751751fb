package dev.ragstream.cli;

import dev.ragstream.core.ChatLog;
import dev.ragstream.core.ChatLog.Chat;
import dev.ragstream.core.ChatLog.Listed;
import dev.ragstream.core.ChatLog.Owner;
import dev.ragstream.core.ChatLog.Turn;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Question;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What was said in one chat, and where it is kept. */
final class Conversation {

  private static final int LONGEST_TITLE = 60;

  private final Chat chat;
  private final List<Message> messages;

  /** How many of the messages are in the log, or are not meant to be. */
  private int kept;

  private Conversation(Chat chat, List<Message> messages, int kept) {
    this.chat = chat;
    this.kept = kept;
    this.messages = new ArrayList<>(messages);
  }

  /** Whoever sits at this machine: front ends have users of their own. */
  static Owner owner() {
    return new Owner("ragstream chat: " + System.getProperty("user.name"), "");
  }

  /**
   * A new chat.
   *
   * @param before what was said elsewhere; it is kept with the first turn that follows
   */
  static Conversation begin(List<Message> before) {
    return new Conversation(
        new Chat(owner(), UUID.randomUUID().toString().substring(0, 8)), before, 0);
  }

  /**
   * One that was kept.
   *
   * @param reference its id or a beginning of it, or {@code last}
   * @throws FailureException of kind {@code USAGE} where there is no such chat, or several
   */
  static Conversation resume(ChatLog log, String reference) {
    List<Listed> chats = log.chats(owner());
    List<Listed> meant =
        reference.equals("last")
            ? chats.stream().limit(1).toList()
            : chats.stream().filter(chat -> chat.chatId().startsWith(reference)).toList();
    if (meant.size() != 1) {
      throw new FailureException(
          Failure.Kind.USAGE,
          meant.isEmpty() ? none(chats, reference) : "several chats begin with " + reference,
          chats.isEmpty()
              ? "begin one: ragstream chat"
              : "'ragstream log chats' lists those that are kept");
    }
    Chat chat = new Chat(owner(), meant.getFirst().chatId());
    List<Message> said =
        log.messages(chat).stream().filter(message -> !isUnasked(message)).toList();
    return new Conversation(chat, said, said.size());
  }

  /** The question of an answer that came without one. */
  private static boolean isUnasked(Message message) {
    return message.role() == Role.USER && message.content().isEmpty();
  }

  private static String none(List<Listed> chats, String reference) {
    return chats.isEmpty() ? "no chat is kept here yet" : "there is no chat " + reference;
  }

  /** When something was last said in it. */
  static String time(Listed chat) {
    return RunTable.time(Instant.parse(chat.time()));
  }

  String id() {
    return chat.chatId();
  }

  List<Message> messages() {
    return List.copyOf(messages);
  }

  /** How many questions were asked. */
  long questions() {
    return messages.stream().filter(message -> message.role() == Role.USER).count();
  }

  /** What follows all that was said. */
  Question next(String text) {
    return new Question(text, messages);
  }

  /** The last question, after what was said before it. */
  Optional<Question> last() {
    for (int i = messages.size() - 1; i >= 0; i--) {
      if (messages.get(i).role() == Role.USER) {
        return Optional.of(new Question(messages.get(i).content(), messages.subList(0, i)));
      }
    }
    return Optional.empty();
  }

  /** The last question goes, with its answer, so that it can be asked again. */
  void takeBackLast() {
    int last = messages.size() - 1;
    while (last >= 0 && messages.get(last).role() != Role.USER) {
      last--;
    }
    if (last >= 0) {
      kept = Math.min(kept, last);
      messages.subList(last, messages.size()).clear();
    }
  }

  void add(String question, String answer) {
    messages.add(new Message(Role.USER, question));
    messages.add(new Message(Role.ASSISTANT, answer));
  }

  /**
   * Keeps for good what is not kept yet: the last turn, before the first one all that it follows.
   */
  void keep(ChatLog log) {
    try {
      while (kept < messages.size()) {
        String question = taken(Role.USER);
        String answer = taken(Role.ASSISTANT);
        log.append(chat, new Turn(title(), Instant.now().toString(), question, answer));
      }
    } finally {
      passOver();
    }
  }

  /** What was said by now is not to be kept. */
  void passOver() {
    kept = messages.size();
  }

  /** The next message that is not kept yet; empty where somebody else said it. */
  private String taken(Role role) {
    boolean next = kept < messages.size() && messages.get(kept).role() == role;
    return next ? messages.get(kept++).content() : "";
  }

  /** The beginning of the first question. */
  private String title() {
    String first =
        messages.stream()
            .filter(message -> message.role() == Role.USER)
            .map(Message::content)
            .findFirst()
            .orElse("")
            .strip()
            .replaceAll("\\s+", " ");
    int shown = Math.min(LONGEST_TITLE, first.codePointCount(0, first.length()));
    return first.substring(0, first.offsetByCodePoints(0, shown));
  }
}
