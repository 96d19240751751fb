package dev.ragstream.journal;

import dev.ragstream.core.ChatLog;
import dev.ragstream.core.ChatLogContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteChatLogTest implements ChatLogContract {

  @TempDir private Path folder;

  @Override
  public ChatLog open() {
    return new SqliteChatLog(new JournalFile(folder.resolve(".ragstream").resolve("journal.db")));
  }
}
