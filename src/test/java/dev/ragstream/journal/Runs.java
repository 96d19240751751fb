package dev.ragstream.journal;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Ledger;
import dev.ragstream.core.Ledger.Outcome;
import dev.ragstream.core.Message;
import dev.ragstream.core.Message.Role;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Question;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Samples;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Usage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** A run as it could have been. */
public final class Runs {

  public static final Question QUESTION =
      new Question("Umbrella?", List.of(new Message(Role.USER, "Good morning")));

  public static final RunStart START =
      new RunStart(QUESTION, "openai:some-model", Map.of("retrieval.topK", "5"));

  static final Retrieval RETRIEVAL = Samples.retrieval(Samples.passages("Rain at noon.", "Sun."));

  static final Prompt PROMPT =
      new Prompt(
          QUESTION,
          "default",
          List.of(new Message(Role.SYSTEM, "Answer."), new Message(Role.USER, "Umbrella?")),
          List.of(Samples.excerpt(RETRIEVAL.passages().getFirst())),
          "0badc0de",
          new Ledger(
              4096,
              1024,
              60,
              0,
              0,
              6,
              291,
              List.of(
                  new Ledger.Entry(RETRIEVAL.passages().getFirst(), 10, 10, new Outcome.Kept()),
                  new Ledger.Entry(
                      RETRIEVAL.passages().getLast(),
                      10,
                      0,
                      new Outcome.Dropped(new Ledger.Reason.BeyondTopK())))));

  static final Completed COMPLETED =
      new Completed("stop", List.of(1), new Usage(812, 64), null, new Timings(12, 240, 1800));

  public static final List<AnswerEvent> EVENTS =
      List.of(
          new Retrieved(RETRIEVAL),
          new PromptBuilt(PROMPT),
          new Reasoning("Rain… "),
          new Reasoning("noon."),
          new Text("Yes, "),
          new Text("take one [1]."),
          COMPLETED);

  private Runs() {}

  public static RunJournal journal(Path folder) {
    return journal(folder, InstantSource.system());
  }

  static RunJournal journal(Path folder, InstantSource clock) {
    return new SqliteRunJournal(new JournalFile(file(folder)), clock);
  }

  static Path file(Path folder) {
    return folder.resolve(".ragstream").resolve("journal.db");
  }

  static RunStart start(String question, String model) {
    return new RunStart(new Question(question), model, Map.of());
  }
}
