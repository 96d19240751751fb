package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ChatLog.Chat;
import dev.ragstream.core.ChatLog.Listed;
import dev.ragstream.core.ChatLog.Owner;
import dev.ragstream.core.ChatLog.Turn;
import dev.ragstream.core.Message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every log of chats does. */
public interface ChatLogContract {

  Owner ADA = new Owner("ada", "1");

  /** Opens this test's own log, which is empty at first; the test closes it. */
  ChatLog open();

  private static Turn turn(int n) {
    return new Turn("Weather", "2022/06/01", "question " + n, "answer " + n);
  }

  @Test
  default void anEmptyLogHasNoChats() {
    try (ChatLog log = open()) {
      assertThat(log.chats(ADA)).isEmpty();
      assertThat(log.messages(new Chat(ADA, "01"))).isEmpty();
    }
  }

  @Test
  default void bothSidesAreKeptInTheOrderInWhichTheyWereSaid() {
    Chat chat = new Chat(ADA, "01");
    List<Message> said = new ArrayList<>();
    try (ChatLog log = open()) {
      for (int n = 0; n < 20; n++) {
        log.append(chat, turn(n));
        said.add(new Message(Role.USER, "question " + n));
        said.add(new Message(Role.ASSISTANT, "answer " + n));
      }
      assertThat(log.messages(chat)).isEqualTo(said);
    }
    try (ChatLog log = open()) {
      assertThat(log.messages(chat)).isEqualTo(said);
    }
  }

  @Test
  default void aQuestionIsKeptBeforeThereIsAnAnswer() {
    Chat chat = new Chat(ADA, "01");
    Message question = new Message(Role.USER, "Rain?");
    Message answer = new Message(Role.ASSISTANT, "Yes.");
    try (ChatLog log = open()) {
      log.append(chat, new Turn("Weather", "2022/06/01", List.of(question)));
      assertThat(log.messages(chat)).containsExactly(question);
      assertThat(log.chats(ADA)).containsExactly(new Listed("01", "Weather", "2022/06/01"));

      log.append(chat, new Turn("Weather", "2022/06/01", List.of(answer)));
      assertThat(log.messages(chat)).containsExactly(question, answer);
    }
  }

  @Test
  default void everyChatIsListedOnceTheNewestFirst() {
    try (ChatLog log = open()) {
      for (int n = 0; n < 12; n++) {
        log.append(new Chat(ADA, "chat-" + n), turn(n));
      }
      log.append(new Chat(ADA, "chat-3"), turn(12));

      assertThat(log.chats(ADA).stream().map(Listed::chatId))
          .containsExactly(
              "chat-3", "chat-11", "chat-10", "chat-9", "chat-8", "chat-7", "chat-6", "chat-5",
              "chat-4", "chat-2", "chat-1", "chat-0");
    }
  }

  @Test
  default void aChatIsListedWithTheTitleAndTheTimeOfItsLastTurn() {
    Chat chat = new Chat(ADA, "01");
    try (ChatLog log = open()) {
      log.append(chat, new Turn("Weather", "2024-12-31 23:59:59", "Rain?", "Yes."));
      log.append(chat, new Turn("Weather, tomorrow", "2022/06/01", "And then?", "Sun."));

      assertThat(log.chats(ADA))
          .containsExactly(new Listed("01", "Weather, tomorrow", "2022/06/01"));
    }
  }

  @Test
  default void neitherAnotherUserNorAnotherOrganisationSeesAChat() {
    Chat chat = new Chat(ADA, "01");
    try (ChatLog log = open()) {
      log.append(chat, turn(1));
      for (Owner other :
          List.of(
              new Owner("ada", "2"),
              new Owner("bob", "1"),
              new Owner("Ada", "1"),
              new Owner("ada ", "1"),
              new Owner("*", "*"),
              new Owner("", ""))) {
        assertThat(log.chats(other)).isEmpty();
        assertThat(log.messages(new Chat(other, "01"))).isEmpty();
      }
      assertThat(log.messages(new Chat(ADA, "1"))).isEmpty();
    }
  }

  @Test
  default void twoUsersMayNameTheirChatsAlike() {
    Owner bob = new Owner("bob", "1");
    try (ChatLog log = open()) {
      log.append(new Chat(ADA, "01"), turn(1));
      log.append(new Chat(bob, "01"), turn(2));

      assertThat(log.messages(new Chat(ADA, "01")))
          .extracting(Message::content)
          .containsExactly("question 1", "answer 1");
      assertThat(log.chats(bob)).hasSize(1);
    }
  }

  @Test
  default void everyTextComesBackAsItWas() {
    String odd = "line\r\nline\ttab 'quote' \" \\ {\"a\":1} 中午有雨 \ud83c\udf27 \u001b[31m %s $1";
    Owner owner = new Owner("a-b c/d:中", "o'1");
    Chat chat = new Chat(owner, odd);
    String answer = "wind ".repeat(20_000);
    try (ChatLog log = open()) {
      log.append(chat, new Turn(odd, odd, odd, answer));
      log.append(chat, new Turn("", "", "", ""));

      assertThat(log.messages(chat))
          .containsExactly(
              new Message(Role.USER, odd),
              new Message(Role.ASSISTANT, answer),
              new Message(Role.USER, ""),
              new Message(Role.ASSISTANT, ""));
      assertThat(log.chats(owner)).containsExactly(new Listed(odd, "", ""));
    }
  }

  @Test
  default void turnsOfSeveralThreadsStayWhole() throws InterruptedException, ExecutionException {
    try (ChatLog log = open();
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> running = new ArrayList<>();
      for (int user = 0; user < 8; user++) {
        Chat chat = new Chat(new Owner("user-" + user, "1"), "01");
        running.add(
            threads.submit(() -> {
              for (int n = 0; n < 5; n++) {
                log.append(chat, turn(n));
              }
            }));
      }
      for (Future<?> thread : running) {
        thread.get();
      }
      for (int user = 0; user < 8; user++) {
        assertThat(log.messages(new Chat(new Owner("user-" + user, "1"), "01")))
            .extracting(Message::content)
            .containsExactly(
                "question 0",
                "answer 0",
                "question 1",
                "answer 1",
                "question 2",
                "answer 2",
                "question 3",
                "answer 3",
                "question 4",
                "answer 4");
      }
    }
  }
}
