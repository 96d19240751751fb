package dev.ragstream.journal;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.FailureException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes one run down while it goes on: one more reader of its events. Whatever is wrong with the
 * journal, the answer goes on without it, and that is told once.
 */
public final class Recording {

  private final @Nullable RunJournal journal;
  private final @Nullable Integer keep;
  private final Consumer<String> notices;
  private final Executor writer;
  private final EventQueue queue = new EventQueue();
  private volatile @Nullable String id;
  private volatile boolean lost;

  /** What was handed to the writer last is not written yet; more waits, and is joined. */
  private volatile boolean behind;

  private boolean ended;

  private Recording(
      @Nullable RunJournal journal,
      @Nullable Integer keep,
      Consumer<String> notices,
      Executor writer) {
    this.journal = journal;
    this.keep = keep;
    this.notices = notices;
    this.writer = writer;
  }

  /** Nothing is written down. */
  public static Recording none() {
    return new Recording(null, null, _ -> {}, Runnable::run);
  }

  /**
   * Begins a run that is written down on the thread that answers.
   *
   * @param keep how many runs are left in the journal when it has ended, the newest; null: all
   * @param notices is told, once, why it is not written down
   */
  public static Recording begin(
      RunJournal journal, RunStart start, @Nullable Integer keep, Consumer<String> notices) {
    return begin(journal, start, keep, notices, Runnable::run);
  }

  /**
   * Begins a run.
   *
   * @param writer does all the writing, one thing after the other
   */
  public static Recording begin(
      RunJournal journal,
      RunStart start,
      @Nullable Integer keep,
      Consumer<String> notices,
      Executor writer) {
    Recording recording = new Recording(journal, keep, notices, writer);
    recording.attempt(open -> recording.id = open.begin(start));
    return recording;
  }

  /** The run's id; empty where it is not written down, or not yet. */
  public Optional<String> id() {
    return Optional.ofNullable(id);
  }

  /**
   * Answers, and writes down what the reader is told. Where the reader leaves, the ending is
   * written down all the same.
   *
   * @param answering gives the events to the reader that it is given
   */
  public Ending answer(
      Consumer<? super AnswerEvent> reader, Function<Consumer<AnswerEvent>, Ending> answering) {
    Ending ending =
        answering.apply(event -> {
          write(event);
          reader.accept(event);
        });
    if (!ended) {
      write(ending);
    }
    if (keep != null) {
      attempt(open -> open.remove(new Removal.AllBut(keep)));
    }
    return ending;
  }

  private void write(AnswerEvent event) {
    if (journal == null || lost) {
      return;
    }
    queue.add(event);
    boolean due =
        switch (event) {
          case Retrieved _ -> false;
          case PromptBuilt _ -> true;
          case Reasoning _, Text _ -> queue.isFull() || (!behind && queue.isDue());
          case Ending _ -> true;
        };
    if (due) {
      List<TimedEvent> events = queue.take();
      behind = true;
      attempt(open -> {
        open.add(Objects.requireNonNull(id), events);
        behind = false;
      });
    }
    ended |= event instanceof Ending;
  }

  private void attempt(Consumer<RunJournal> action) {
    if (journal != null && !lost) {
      writer.execute(() -> attemptNow(journal, action));
    }
  }

  private void attemptNow(RunJournal open, Consumer<RunJournal> action) {
    if (lost) {
      return;
    }
    try {
      action.accept(open);
    } catch (FailureException e) {
      lost = true;
      id = null;
      notices.accept(
          "this run is not kept: %s; %s".formatted(e.failure().problem(), e.failure().remedy()));
    }
  }
}
