package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.ChatLog;
import dev.ragstream.core.ChatLog.Chat;
import dev.ragstream.core.ChatLog.Owner;
import dev.ragstream.core.ChatLog.Turn;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Saves the question with its run's first event, so that it is there before any word of the answer,
 * and the answer when it has ended; one that broke off as far as it came.
 */
final class ChatSaver implements Consumer<AnswerEvent> {

  private static final int LONGEST_TITLE = 40;
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuu/MM/dd", Locale.ROOT);

  private final ChatLog chats;
  private final Chat chat;
  private final String title;
  private final String time;
  private final String question;
  private final Consumer<String> notices;
  private final StringBuilder answer = new StringBuilder();
  private boolean begun;
  private boolean questionSaved;

  private ChatSaver(
      ChatLog chats,
      Chat chat,
      String title,
      String time,
      String question,
      Consumer<String> notices) {
    this.chats = chats;
    this.chat = chat;
    this.title = title;
    this.time = time;
    this.question = question;
    this.notices = notices;
  }

  /** A listener for a run; one that does nothing where the request names no chat. */
  static Consumer<AnswerEvent> of(Body body, Asked asked, ChatLog chats, Consumer<String> notices) {
    String chatId = body.text("chatId");
    String userId = body.text("userId");
    if (chatId == null || userId == null) {
      return _ -> {};
    }
    String question = asked.question().text();
    return new ChatSaver(
        chats,
        new Chat(new Owner(userId, Objects.requireNonNullElse(asked.organisation(), "")), chatId),
        title(body.anyText("chatTitle", "chatTitile"), question),
        Objects.requireNonNullElseGet(body.text("updateTime"), ChatSaver::today),
        question,
        notices);
  }

  @Override
  public void accept(AnswerEvent event) {
    if (!begun) {
      begun = true;
      questionSaved = saved(Role.USER, question);
    }
    if (event instanceof Text(String piece)) {
      answer.append(piece);
    } else if (event instanceof Ending && questionSaved && !answer.isEmpty()) {
      saved(Role.ASSISTANT, answer.toString());
    }
  }

  /** Saves one side of the turn; whether that went well. */
  private boolean saved(Role role, String said) {
    try {
      chats.append(chat, new Turn(title, time, List.of(new Message(role, said))));
      return true;
    } catch (FailureException e) {
      notices.accept("a chat is not saved: " + e.failure().problem() + "; " + e.failure().remedy());
      return false;
    }
  }

  /** As the older services' front ends write it. */
  private static String today() {
    return LocalDate.now(ZoneId.systemDefault()).format(DAY);
  }

  private static String title(@Nullable String given, String question) {
    if (given != null) {
      return given;
    }
    int shown = Math.min(LONGEST_TITLE, question.codePointCount(0, question.length()));
    return question.substring(0, question.offsetByCodePoints(0, shown));
  }
}
