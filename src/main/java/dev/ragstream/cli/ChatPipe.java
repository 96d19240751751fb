package dev.ragstream.cli;

import dev.ragstream.core.AnswerEvent.Cancelled;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A chat whose questions come line by line from a file or another program. */
final class ChatPipe {

  private final ChatRoom room;
  private final ChatCommands commands;
  private final Console console;

  /** Whether the program was interrupted, or whoever reads has left. */
  private boolean cut;

  ChatPipe(ChatRoom room) {
    this.room = room;
    this.console = room.root().invocation().console();
    this.commands = new ChatCommands(room, console.err(), () -> room.root().errorStyle().columns());
  }

  int run() {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8));
    try {
      for (String line = next(lines); line != null && goesOn(); line = next(lines)) {
        String typed = line.strip();
        if (!typed.isEmpty()) {
          room.attempt(() -> take(typed));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cut ? ExitCode.INTERRUPTED : room.exitCode();
  }

  private void take(String typed) {
    if (ChatCommands.isCommand(typed)) {
      commands.run(typed);
    } else {
      cut |= room.ask(typed) instanceof Cancelled;
    }
  }

  private boolean goesOn() {
    return !room.isOver() && !cut;
  }

  /** A line that ends in a backslash goes on in the next one. */
  private static @Nullable String next(BufferedReader lines) throws IOException {
    StringBuilder whole = new StringBuilder();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.endsWith("\\")) {
        return whole.append(line).toString();
      }
      whole.append(line, 0, line.length() - 1).append('\n');
    }
    return whole.isEmpty() ? null : whole.toString();
  }
}
