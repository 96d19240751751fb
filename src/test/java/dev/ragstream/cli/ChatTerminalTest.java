package dev.ragstream.cli;

import static dev.ragstream.model.ScriptedServer.STREAM;
import static dev.ragstream.model.ScriptedServer.hangUp;
import static dev.ragstream.model.ScriptedServer.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.model.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatTerminalTest {

  private static final String END =
      "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\ndata: [DONE]\n\n";

  @TempDir private Path folder;
  private Session session;

  @BeforeEach
  void anIndex() throws IOException {
    write("docs/weather.md", "# Weather\n\nCarry an umbrella today: rain sets in at eleven.\n");
    write("docs/pool.md", "# Swimming pool\n\nA swim costs five euros for adults.\n");
    write("ragstream.yaml", "retrieval: {mode: lexical}\n");
    session = new Session(folder);
    assertThat(session.run(List.of("-q", "index", "docs"), "").exitCode()).isZero();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private ChatTyping chat(String... arguments) throws IOException {
    return new ChatTyping(folder, session.environment(), arguments);
  }

  private ChatTyping chat(ScriptedServer model, String... arguments) throws IOException {
    session.environment("OPENAI_BASE_URL", model.url().toString());
    String[] all = new String[arguments.length + 2];
    all[0] = "-m";
    all[1] = "openai:some-model";
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    return chat(all);
  }

  private static String piece(String field, String text) {
    return "data: {\"choices\":[{\"delta\":{\"" + field + "\":\"" + text + "\"}}]}\n\n";
  }

  private static void answers(ScriptedServer model, String text) {
    model.script(send(STREAM + piece("content", text) + END), hangUp());
  }

  @Test
  void anAnswerThatIsStoppedIsCancelledAndKeptAndTheChatGoesOn() throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        ChatTyping chat = chat(model)) {
      model.script(send(STREAM + piece("content", "It rains, ")));

      chat.enter("Umbrella?").await("It rains,").type("\u0003").await("cancelled");

      model.clientLeft().get(60, TimeUnit.SECONDS);
      chat.enter("/model extractive").await("llm.model: extractive");
      chat.enter("What does a swim cost?").await("five euros for adults. [");
      assertThat(chat.leave()).isZero();
    }
    Session.Outcome log = session.run(List.of("log", "--ending", "cancelled"), "");
    assertThat(log.out()).contains("Umbrella?");
    assertThat(session.run(List.of("log", "show", "last~1"), "").out()).contains("It rains,");
  }

  @Test
  void reasoningIsFoldedWhenTheAnswerBeginsAndCanBeReadAgain() throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        ChatTyping chat = chat(model)) {
      model.script(
          send(
              STREAM
                  + piece("reasoning_content", "Rain \\u001b[31mcomes\\nat eleven.")
                  + piece("content", "Yes.")
                  + END),
          hangUp());

      chat.enter("Umbrella?").await("total ");
      assertThat(chat.shown()).contains("Rain ␛[31mcomes\r\nat eleven.");
      assertThat(chat.raw()).contains("\u001b[1A\r\u001b[J\u001b[2mthought for ");
      chat.enter("/reasoning").await("/reasoning").await("comes\r\nat eleven.\r\n");
      assertThat(chat.leave()).isZero();
      assertThat(chat.raw()).doesNotContain("\u001b[31mcomes");
    }
  }

  @Test
  void aQuestionThatFollowsAnotherIsLookedForAsTheModelRewordsIt() throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        ChatTyping chat = chat(model)) {
      answers(model, "Five euros [1].");
      answers(model, "What does a swim cost for children?");
      answers(model, "Nobody knows.");

      chat.enter("What does a swim cost?").await("Five euros [1].");
      chat.enter("And for children?").await("retrieving: What does a swim cost for children?");
      chat.await("Nobody knows.");
      chat.enter("/explain").await("looked for: What does a swim cost for children?");

      answers(model, "Two euros.");
      chat.enter("/set followups terms").await("chat.followUps: terms");
      chat.enter("And students?")
          .await("retrieving: And students? children what")
          .await("Two euros.");
      answers(model, "No.");
      chat.enter("/set followups off").await("chat.followUps: off");
      chat.enter("And pupils?").await("No.").leave();

      assertThat(model.requests()).hasSize(5);
      assertThat(chat.shown()).doesNotContain("retrieving: And pupils");
    }
  }

  @Test
  void whereTheModelCannotRewordAQuestionItIsAskedAllTheSame() throws Exception {
    try (ScriptedServer model = new ScriptedServer();
        ChatTyping chat = chat(model)) {
      answers(model, "Five euros [1].");
      model.script(
          send("HTTP/1.1 400 Bad\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"), hangUp());
      answers(model, "Nobody knows.");

      chat.enter("What does a swim cost?").await("Five euros [1].");
      chat.enter("And for children?").await("looked for as it was asked and by words of before");
      chat.await("retrieving: And for children? what does swim cost")
          .await("Nobody knows.")
          .leave();
    }
  }

  @Test
  void linesAreContinuedByABackslashByAltEnterAndByPasting() throws Exception {
    try (ChatTyping chat = chat()) {
      chat.enter("Carry an\\").enter("umbrella?").await("rain sets in").awaitLine(2);
      chat.type("What does\u001b\ra swim cost?\r").await("five euros").awaitLine(3);
      chat.type("\u001b[200~Is it\nfive euros?\u001b[201~\r").awaitLine(4).leave();
    }

    Path saved = folder.resolve(".ragstream/chat-history");
    assertThat(saved)
        .content()
        .contains("Carry an", "What does\\na swim cost?", "Is it\\nfive euros?");
    assertThat(session.run(List.of("log", "show", "last~2"), "").out())
        .contains("Carry an\numbrella?");
    assertThat(session.run(List.of("log", "show", "last~1"), "").out())
        .contains("What does\na swim cost?");
    assertThat(session.run(List.of("log", "show", "last"), "").out())
        .contains("Is it\nfive euros?");
  }

  @Test
  void controlCAtThePromptThrowsTheLineAway() throws Exception {
    try (ChatTyping chat = chat()) {
      chat.type("nonsense").await("nonsense").type("\u0003");
      chat.enter("/help").await("/template [NAME|FILE]");
      chat.enter("What does a swim cost?").await("five euros").leave();
    }

    assertThat(session.run(List.of("log"), "").out()).doesNotContain("nonsense");
  }

  @Test
  void whatWasTypedIsFoundAgainInTheNextChatButForSecrets() throws Exception {
    try (ChatTyping chat = chat()) {
      chat.enter("What does a swim cost?").await("five euros");
      chat.enter("/set llm.apiKey canary-1").await("llm.apiKey: ");
      chat.enter("/set apiKeyy canary-2").await("no setting is called").leave();
    }
    try (ChatTyping chat = chat()) {
      chat.type("\u0012swim").await("bck-i-search: ").type("\r").await("five euros").leave();
    }

    assertThat(folder.resolve(".ragstream/chat-history"))
        .content()
        .contains("What does a swim cost?")
        .doesNotContain("canary");
  }

  @Test
  void tabCompletesCommandsSettingsAndTheirValues() throws Exception {
    try (ChatTyping chat = chat()) {
      chat.type("/templ\tdefa\t\r").await("prompt.template: default");
      chat.type("/set retrieval.mo\tvec\t\r").await("retrieval.mode: vector");
      chat.type("/mod\textr\t\r").await("llm.model: extractive").leave();
    }
  }

  @Test
  void tabCompletesTheTemplatesOfTheFolderAndNoOtherFile() throws Exception {
    write("prompts/short.yaml", template("First"));
    write("rag-template.yaml", template("Second"));
    try (ChatTyping chat = chat()) {
      chat.type("/template prom\t\r").await("prompts/short.yaml  (/template)");
      chat.type("/template rag\t\r").await("rag-template.yaml  (/template)").leave();
    }
  }

  @Test
  void aTemplateIsReadAgainWhenItHasChanged() throws Exception {
    write("short.yaml", template("First"));
    try (ChatTyping chat = chat()) {
      chat.enter("/template nowhere.yaml").await("error: ");
      chat.enter("/template short.yaml").await("prompt.template: ");
      chat.enter("Umbrella?").await("total").enter("/prompt").await("First Umbrella?");
      Files.setLastModifiedTime(folder.resolve("short.yaml"), FileTime.fromMillis(1_000));
      write("short.yaml", template("Second"));
      chat.enter("Swim?").await("was read again").enter("/prompt").await("Second Swim?").leave();
    }
  }

  private static String template(String word) {
    return "messages: [{role: user, content: '" + word + " {{question}}'}]\n";
  }

  @Test
  void aChatThatIsNotToBeKeptLeavesNothing() throws Exception {
    try (ChatTyping chat = chat("--no-log")) {
      chat.enter("What does a swim cost?").await("five euros").leave();
    }

    assertThat(folder.resolve(".ragstream/chat-history")).doesNotExist();
    assertThat(session.run(List.of("log", "chats"), "").err()).contains("no chats are kept yet");
    assertThat(session.run(List.of("chat", "--continue"), "").err())
        .contains("no chat is kept here yet");
  }
}
