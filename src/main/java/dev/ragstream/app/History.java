package dev.ragstream.app;

import dev.ragstream.config.ModelName;
import dev.ragstream.config.Settings;
import dev.ragstream.core.ChatLog;
import dev.ragstream.core.Question;
import dev.ragstream.journal.JournalFile;
import dev.ragstream.journal.JournalWriter;
import dev.ragstream.journal.Recording;
import dev.ragstream.journal.RunJournal;
import dev.ragstream.journal.RunStart;
import dev.ragstream.journal.SqliteChatLog;
import dev.ragstream.journal.SqliteRunJournal;
import dev.ragstream.model.ChatOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What was asked and answered: runs and chats, each opened when it is first asked for. */
public final class History implements AutoCloseable {

  /** How long the runs of a server may wait to be written down. */
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Settings settings;
  private final Surroundings surroundings;
  private final Path file;
  private @Nullable RunJournal journal;
  private @Nullable JournalWriter writer;
  private @Nullable ChatLog chats;

  /**
   * @param file the journal, made where it is not there
   */
  History(Settings settings, Surroundings surroundings, Path file) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.file = file;
  }

  /** What was asked so far, whether or not the settings keep what is asked now. */
  public RunJournal journal() {
    if (journal == null) {
      journal = new SqliteRunJournal(new JournalFile(file), InstantSource.system());
    }
    return journal;
  }

  /** The chats of a front end's users. */
  public ChatLog chats() {
    if (chats == null) {
      chats =
          switch (settings.chats().store()) {
            case JOURNAL -> new SqliteChatLog(new JournalFile(file));
            case ELASTICSEARCH -> new Stores(settings, surroundings).chats();
          };
    }
    return chats;
  }

  /** Begins to write a run down, where the settings say so. */
  public Recording recording(Question question) {
    return recording(start(question), Runnable::run);
  }

  /**
   * The same for one of many runs, which do not wait for it.
   *
   * @param model that answers, which may be another than that of the settings
   * @param wanted options that go before those of the settings
   */
  synchronized Recording recordingOfMany(Question question, ModelName model, ChatOptions wanted) {
    if (writer == null && settings.journal().enabled()) {
      writer = new JournalWriter(journal(), PAUSE, surroundings.notices());
    }
    return recording(start(question, model, wanted), writer == null ? Runnable::run : writer);
  }

  private Recording recording(RunStart start, Executor executor) {
    return settings.journal().enabled()
        ? Recording.begin(
            journal(), start, settings.journal().keep(), surroundings.notices(), executor)
        : Recording.none();
  }

  /** What a run with these settings begins with. */
  public RunStart start(Question question) {
    return start(question, settings.llm().model(), ChatOptions.DEFAULTS);
  }

  private RunStart start(Question question, ModelName model, ChatOptions wanted) {
    Map<String, String> written = new TreeMap<>();
    settings
        .given()
        .forEach((name, given) -> {
          if (!given.value().isEmpty()) {
            written.put(name, given.value());
          }
        });
    if (!model.equals(settings.llm().model())) {
      written.put("llm.model", model.toString());
    }
    wanted.spelt().forEach((name, value) -> written.put("llm.options." + name, value));
    return new RunStart(question, model.toString(), written);
  }

  @Override
  public void close() {
    if (chats != null) {
      chats.close();
    }
    if (writer != null) {
      writer.close();
    }
    if (journal != null) {
      journal.close();
    }
  }
}
