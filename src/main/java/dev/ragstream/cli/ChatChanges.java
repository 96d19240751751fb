package dev.ragstream.cli;

import dev.ragstream.cli.ChatCommands.Command;
import dev.ragstream.config.FlagValue;
import dev.ragstream.config.SettingNames;
import dev.ragstream.config.Settings;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Message;
import dev.ragstream.render.TerminalText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;

/** The commands of a chat that change how it goes on. */
final class ChatChanges {

  private final ChatRoom room;
  private final PrintStream out;

  ChatChanges(ChatRoom room, PrintStream out) {
    this.room = room;
    this.out = out;
  }

  List<Command> commands() {
    return List.of(
        new Command("set", "[KEY [VALUE]]", "any setting: /set topK 8", this::set),
        new Command("model", "[NAME]", "which model answers", this::model),
        new Command("template", "[NAME|FILE]", "how the prompt is worded", this::template),
        new Command("retry", "[-m NAME]", "the last question again, of another model", this::retry),
        new Command("save", "FILE", "the conversation, as JSON or (.md) Markdown", this::save),
        new Command("load", "FILE", "a conversation that was saved as JSON", this::load),
        new Command("clear", "", "begin anew; what was said is forgotten", _ -> clear()));
  }

  private void set(String assignment) {
    String[] parts = assignment.split("[\\s=]+", 2);
    if (parts[0].isEmpty()) {
      showAll();
      return;
    }
    String key = SettingNames.resolve(parts[0]);
    if (parts.length == 1) {
      show(key);
      out.println("  " + SettingNames.explanation(key));
      return;
    }
    room.setup().set(new FlagValue("/set " + key, key, parts[1].strip()));
    show(key);
  }

  private void showAll() {
    List<FlagValue> given = room.setup().given();
    if (given.isEmpty()) {
      out.println("nothing is set here; for example: /set topK 8");
    }
    given.forEach(flag -> show(flag.key()));
  }

  private void show(String key) {
    Settings.Given given = Objects.requireNonNull(room.setup().settings().given().get(key));
    String value = given.value().isEmpty() ? "not set" : TerminalText.oneLine(given.value());
    out.println(key + ": " + value + "  (" + given.origin() + ")");
  }

  private void model(String name) {
    if (!name.isEmpty()) {
      room.setup().set(modelFlag("/model", name));
    }
    show("llm.model");
  }

  private FlagValue modelFlag(String option, String name) {
    return new FlagValue(option, "llm.model", PromptOptions.model(name, folder()));
  }

  private void template(String name) {
    if (!name.isEmpty()) {
      String value = name.matches("[\\w-]+") ? name : folder().resolve(name).toString();
      ChatSetup setup = room.setup();
      FlagValue flag = new FlagValue("/template", "prompt.template", value);
      try (ChatSetup tried = setup.but(flag)) {
        tried.assembly().template();
      }
      setup.set(flag);
    }
    show("prompt.template");
  }

  private void retry(String argument) {
    if (argument.isEmpty()) {
      room.retry(room.setup());
      return;
    }
    String name = argument.replaceFirst("^(-m|--model)[\\s=]*", "");
    try (ChatSetup other = room.setup().but(modelFlag("/retry -m", name))) {
      room.retry(other);
    }
  }

  private void save(String name) {
    Path file = folder().resolve(required(name, "/save umbrella.json"));
    List<Message> messages = room.conversation().messages();
    if (messages.isEmpty()) {
      throw new FailureException(
          Failure.Kind.USAGE, "nothing was said yet", "ask a question first");
    }
    String text = name.endsWith(".md") ? markdown(messages) : HistoryFile.text(messages);
    try {
      Files.writeString(file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW);
    } catch (FileAlreadyExistsException e) {
      throw failure("there is a file " + file + " already", "name another one", e);
    } catch (IOException e) {
      throw failure("cannot write " + file + ": " + e.getMessage(), "name another file", e);
    }
    out.println("saved " + TerminalText.oneLine(file.toString()));
  }

  private static String markdown(List<Message> messages) {
    StringBuilder text = new StringBuilder();
    for (Message message : messages) {
      if (message.role() == Message.Role.USER) {
        text.append(message.content().indent(2).replaceAll("(?m)^ {2}", "> "));
      } else {
        text.append(message.content().stripTrailing()).append('\n');
      }
      text.append('\n');
    }
    return text.toString();
  }

  private void load(String name) {
    Path file = folder().resolve(required(name, "/load umbrella.json"));
    room.enter(Conversation.begin(HistoryFile.read(file)));
    out.println("loaded " + count(room.conversation()));
  }

  private void clear() {
    room.enter(Conversation.begin(List.of()));
    out.println("a new conversation begins");
  }

  /** {@code 3 questions}. */
  static String count(Conversation conversation) {
    long questions = conversation.questions();
    return questions == 1 ? "1 question" : questions + " questions";
  }

  private static String required(String name, String example) {
    if (name.isEmpty()) {
      throw new FailureException(Failure.Kind.USAGE, "no file is named", "name one: " + example);
    }
    return name;
  }

  private Path folder() {
    return room.root().invocation().workingFolder();
  }

  private static FailureException failure(String problem, String remedy, IOException cause) {
    return new FailureException(new Failure(Failure.Kind.USAGE, problem, remedy), cause);
  }
}
