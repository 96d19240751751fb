package dev.ragstream.cli;

import dev.ragstream.config.FlagValue;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "chat",
    header =
        "Converse about the indexed documents: questions that follow others, one after the other.",
    description = {
      "At a terminal, /help lists what can be typed beside questions: /prompt, /sources, /explain,"
          + " /set, /model, /retry, /diff and more. Ctrl-C stops an answer, Ctrl-D leaves.",
      "From a pipe, each line is a question; answers go to stdout, all else to stderr."
    },
    footer = {
      "",
      "Examples:",
      "  ragstream chat",
      "  ragstream chat -m ollama:deepseek-r1 --follow-ups terms",
      "  cat letter.txt | ragstream chat -q",
      "  ragstream chat --continue"
    })
final class ChatCommand implements Callable<Integer> {

  private final RootCommand root;

  @ArgGroup private @Nullable Which which;

  @Option(
      names = "--follow-ups",
      paramLabel = "HOW",
      description =
          "What a question that follows others is looked for by: model, terms or off"
              + " (chat.followUps).")
  private @Nullable String followUps;

  @Mixin private PromptOptions prompt = new PromptOptions();

  @Mixin private RetrievalOptions retrieval = new RetrievalOptions();

  @Mixin private AnswerOptions answer = new AnswerOptions();

  ChatCommand(RootCommand root) {
    this.root = root;
  }

  /** Which chat goes on; one of these. */
  private static final class Which {

    @Option(names = "--continue", description = "Go on with the last chat.")
    private boolean last;

    @Option(
        names = "--chat",
        paramLabel = "ID",
        description = "Go on with this one; 'ragstream log chats' lists them.")
    private @Nullable String id;
  }

  @Override
  public Integer call() {
    Console.Terminals terminals = root.invocation().console().terminals();
    boolean interactive = terminals.in() && terminals.out() && !answer.json();
    return interactive ? Screen.run(this) : fromPipe();
  }

  private int fromPipe() {
    ChatRoom.Views views = setup -> answer.reader(root, setup.settings());
    try (ChatRoom room = room(views, root.invocation().interrupted())) {
      return new ChatPipe(room).run();
    }
  }

  private ChatRoom room(ChatRoom.Views views, BooleanSupplier stopped) {
    Path folder = root.invocation().workingFolder();
    List<FlagValue> flags = prompt.flags(folder);
    RetrievalOptions.add(flags, "-t", "prompt.template", prompt.templateSetting(folder));
    RetrievalOptions.add(flags, "--follow-ups", "chat.followUps", followUps);
    flags.addAll(retrieval.flags());
    flags.addAll(answer.flags());
    ChatSetup setup = new ChatSetup(root, flags, prompt::withSystem, retrieval.filter());
    try {
      return new ChatRoom(root, setup, conversation(setup), views, stopped);
    } catch (RuntimeException e) {
      setup.close();
      throw e;
    }
  }

  private Conversation conversation(ChatSetup setup) {
    if (which != null && prompt.hasHistory()) {
      throw new FailureException(
          Failure.Kind.USAGE,
          "--history begins a chat, so it cannot go with --continue or --chat",
          "leave one of them out, or go on with the chat and /load the file");
    }
    if (which == null) {
      return Conversation.begin(prompt.history(root.invocation().workingFolder()));
    }
    String reference = which.last || which.id == null ? "last" : which.id;
    return Conversation.resume(setup.assembly().history().chats(), reference);
  }

  /** Apart, so that the terminal's library is loaded for who sits at one alone. */
  static final class Screen {

    private Screen() {}

    private static int run(ChatCommand chat) {
      try (Terminal terminal =
          TerminalBuilder.builder().system(true).encoding(StandardCharsets.UTF_8).build()) {
        return run(chat, terminal);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    static int run(ChatCommand chat, Terminal terminal) {
      Stop stop = new Stop();
      ChatRoom.Views views = ChatTerminal.views(chat.root, chat.answer, terminal);
      try (ChatRoom room = chat.room(views, stop::asked)) {
        return new ChatTerminal(room, terminal, stop).run();
      }
    }
  }
}
