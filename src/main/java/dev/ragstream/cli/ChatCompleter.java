package dev.ragstream.cli;

import dev.ragstream.cli.ChatCommands.Command;
import dev.ragstream.config.ModelName;
import dev.ragstream.config.SettingNames;
import dev.ragstream.template.TemplateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands, settings and their values, models, templates, and numbers of sources. */
final class ChatCompleter implements Completer {

  private final ChatRoom room;
  private final ChatCommands commands;

  ChatCompleter(ChatRoom room, ChatCommands commands) {
    this.room = room;
    this.commands = commands;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    String first = line.words().isEmpty() ? "" : line.words().getFirst();
    if (!first.startsWith("/")) {
      return;
    }
    if (line.wordIndex() == 0) {
      commands.all().forEach(command -> candidates.add(candidate(command)));
      return;
    }
    words(first.substring(1), line).forEach(word -> candidates.add(new Candidate(word)));
  }

  private static Candidate candidate(Command command) {
    String name = "/" + command.name();
    return new Candidate(name, name, null, command.help(), null, null, true);
  }

  private List<String> words(String command, ParsedLine line) {
    List<String> words = line.words();
    return switch (command) {
      case "set" -> line.wordIndex() == 1 ? SettingNames.all() : SettingNames.values(words.get(1));
      case "model" -> models();
      case "retry" -> line.wordIndex() == 1 ? List.of("-m") : models();
      case "template" -> TemplateFiles.around(room.root().invocation().workingFolder());
      case "load" -> chats();
      case "sources" ->
          room.runs().isEmpty()
              ? List.of()
              : room.runs().getLast().retrieval().stream()
                  .flatMap(found -> found.passages().stream())
                  .map(passage -> Integer.toString(passage.n()))
                  .toList();
      default -> List.of();
    };
  }

  private List<String> models() {
    Stream<String> used = room.runs().stream().map(run -> run.start().model());
    Stream<String> served =
        room.setup().settings().serve().models().stream().map(ModelName::toString);
    return Stream.of(used, served, ModelName.words().stream())
        .flatMap(names -> names)
        .distinct()
        .toList();
  }

  private List<String> chats() {
    Path folder = room.root().invocation().workingFolder();
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(name -> name.endsWith(".json"))
          .sorted()
          .toList();
    } catch (IOException _) {
      return List.of();
    }
  }
}
