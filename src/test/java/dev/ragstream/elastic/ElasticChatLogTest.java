package dev.ragstream.elastic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.ChatLog;
import dev.ragstream.core.ChatLog.Chat;
import dev.ragstream.core.ChatLog.Listed;
import dev.ragstream.core.ChatLog.Owner;
import dev.ragstream.core.ChatLog.Turn;
import dev.ragstream.core.ChatLogContract;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.StoreFixture;
import java.net.URI;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ElasticNode.class)
class ElasticChatLogTest implements ChatLogContract {

  private final URI node;
  private final String index = "chats-" + UUID.randomUUID();

  ElasticChatLogTest(URI node) {
    this.node = node;
  }

  @Override
  public ChatLog open() {
    return new ElasticChatLog(Clusters.at(node), index);
  }

  /** Writes as a service that knows nothing of ragstream, into an index that maps itself. */
  private void written(String chat, String role, String content, String time) {
    String json =
        """
        {"userId":"testuser","orgId":"1","chatId":"%s","role":"%s","title":"Title of %s",
         "content":"%s","updataTime":"%s"}
        """
            .formatted(chat, role, chat, content, time);
    var response = Rest.at(node).send("POST", "/" + index + "/_doc?refresh=true", json);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
  }

  @Test
  void anIndexThatAnotherServiceFilledIsReadInTheOrderOfItsWriting() {
    for (int n = 0; n < 6; n++) {
      written("01", "user", "question " + n, "2022/06/01");
      written("01", "assist", "answer " + n, "2022/06/01");
    }
    written("02", "user", "Rain?", "2022/05/01");
    written("02", "tool", "not said by anybody", "2022/05/01");
    written("02", "assistant", "Yes.", "2022/05/02");
    Owner owner = new Owner("testuser", "1");

    try (ChatLog log = open()) {
      assertThat(log.messages(new Chat(owner, "01")))
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
              "answer 4",
              "question 5",
              "answer 5");
      assertThat(log.messages(new Chat(owner, "02")))
          .containsExactly(new Message(Role.USER, "Rain?"), new Message(Role.ASSISTANT, "Yes."));
      assertThat(log.chats(owner))
          .containsExactly(
              new Listed("01", "Title of 01", "2022/06/01"),
              new Listed("02", "Title of 02", "2022/05/02"));
      assertThat(log.chats(new Owner("testuser", "2"))).isEmpty();
      assertThat(log.chats(new Owner("TESTUSER", "1"))).isEmpty();
    }
  }

  @Test
  void aChatThatAnotherServiceBeganGoesOn() {
    Owner owner = new Owner("testuser", "1");
    Chat chat = new Chat(owner, "01");
    written("01", "user", "Rain?", "2022/06/01");
    written("01", "assist", "Yes.", "2022/06/01");
    written("02", "user", "Sun?", "2023/06/01");

    try (ChatLog log = open()) {
      log.append(chat, new Turn("Weather", "2022/06/02", "And now?", "Sun."));

      assertThat(log.messages(chat))
          .extracting(Message::content)
          .containsExactly("Rain?", "Yes.", "And now?", "Sun.");
      assertThat(log.chats(owner).getFirst()).isEqualTo(new Listed("01", "Weather", "2022/06/02"));
    }
  }

  @Test
  void whatIsWrittenHasTheFieldsThatOtherServicesRead() {
    try (ChatLog log = open()) {
      log.append(new Chat(ADA, "01"), new Turn("Weather", "2022/06/01", "Rain?", "Yes."));
    }

    assertThat(Rest.at(node).get("/" + index + "/_search?sort=said").body())
        .containsSubsequence(
            "\"userId\":\"ada\",\"orgId\":\"1\",\"chatId\":\"01\",\"role\":\"user\",",
            "\"title\":\"Weather\",\"content\":\"Rain?\"",
            "\"updataTime\":\"2022/06/01\"",
            "\"role\":\"assist\",\"title\":\"Weather\",\"content\":\"Yes.\"");
  }

  @Test
  void idsInFieldsThatAreAnalysedAreToldApart() {
    String mapping =
        """
        {"mappings":{"properties":{"userId":{"type":"text"},"orgId":{"type":"long"},
         "chatId":{"type":"text"}}}}
        """;
    assertThat(Rest.at(node).send("PUT", "/" + index, mapping).statusCode()).isEqualTo(200);
    Owner owner = new Owner("ada l", "7");
    try (ChatLog log = open()) {
      log.append(new Chat(owner, "c 1"), new Turn("", "", "Rain?", "Yes."));
      log.append(new Chat(owner, "C 1 2"), new Turn("", "", "Sun?", "No."));

      assertThat(log.messages(new Chat(owner, "c 1")))
          .extracting(Message::content)
          .containsExactly("Rain?", "Yes.");
      assertThat(log.chats(owner)).hasSize(2);
      assertThat(log.chats(new Owner("l ada", "7"))).isEmpty();
    }
  }

  @Test
  void aTimeThatTheIndexCannotTakeIsRefusedWithTheChat() {
    written("01", "user", "Rain?", "2022/06/01");
    try (ChatLog log = open()) {
      Failure failure =
          StoreFixture.failure(() ->
              log.append(
                  new Chat(new Owner("testuser", "1"), "01"),
                  new Turn("", "the day after", "Rain?", "Yes.")));

      assertThat(failure.problem()).contains("01").contains("updataTime");
    }
  }

  @Test
  void aClusterThatIsNotThereIsNamed() {
    try (ChatLog log = new ElasticChatLog(Clusters.at(URI.create("http://127.0.0.1:1")), index)) {
      assertThat(StoreFixture.failure(() -> log.chats(ADA)).problem()).contains("127.0.0.1:1");
    }
  }
}
