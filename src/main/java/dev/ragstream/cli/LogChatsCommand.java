package dev.ragstream.cli;

import dev.ragstream.app.Assembly;
import dev.ragstream.core.ChatLog.Listed;
import dev.ragstream.render.TerminalText;
import dev.ragstream.render.TextWidth;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(
    name = "chats",
    header = "List the chats of 'ragstream chat', the one that went on last comes first.",
    footer = {
      "",
      "Examples:",
      "  ragstream log chats",
    })
final class LogChatsCommand implements Callable<Integer> {

  private static final int BEFORE_TITLES = 31;

  private final RootCommand root;

  LogChatsCommand(RootCommand root) {
    this.root = root;
  }

  @Override
  public Integer call() {
    try (Assembly assembly = root.assembly(List.of())) {
      List<Listed> chats = assembly.history().chats().chats(Conversation.owner());
      if (chats.isEmpty()) {
        root.notice("no chats are kept yet");
        return ExitCode.SUCCESS;
      }
      PrintStream out = root.invocation().console().out();
      out.println(String.format(Locale.ROOT, "%-8s  %-19s  %s", "id", "time", "first question"));
      int room = root.style().columns() - BEFORE_TITLES;
      for (Listed chat : chats) {
        out.println(
            String.format(
                Locale.ROOT,
                "%-8s  %-19s  %s",
                chat.chatId(),
                Conversation.time(chat),
                TextWidth.cut(TerminalText.oneLine(chat.title()), room)));
      }
    }
    return ExitCode.SUCCESS;
  }
}
