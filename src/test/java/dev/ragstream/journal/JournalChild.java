package dev.ragstream.journal;

import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Retrieved;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that keeps runs: {@code JournalChild FOLDER COUNT}, or forever for 0. */
final class JournalChild {

  private JournalChild() {}

  public static void main(String[] args) {
    int count = Integer.parseInt(args[1]);
    try (RunJournal journal = Runs.journal(Path.of(args[0]))) {
      for (int n = 0; count == 0 || n < count; n++) {
        String id = journal.begin(Runs.START);
        journal.add(
            id,
            List.of(
                new TimedEvent(1, new Retrieved(Runs.RETRIEVAL)),
                new TimedEvent(2, new PromptBuilt(Runs.PROMPT))));
        System.out.println(id);
        journal.add(id, List.of(new TimedEvent(3, Runs.COMPLETED)));
      }
    }
  }

  static Process start(Path folder, int count) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            JournalChild.class.getName(),
            folder.toString(),
            Integer.toString(count))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
