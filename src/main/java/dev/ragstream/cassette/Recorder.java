package dev.ragstream.cassette;

import dev.ragstream.cassette.Answer.InProcess;
import dev.ragstream.cassette.Answer.Piece;
import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import dev.ragstream.core.Failure;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Retrieval;
import dev.ragstream.upstream.Redaction;
import dev.ragstream.upstream.Transport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Records one run: reads its events on their way to their reader, and what comes through its
 * model's transport. Nothing is written before its end, and then all at once.
 */
public final class Recorder {

  private final CassetteFile file;
  private final String model;
  private final LongSupplier nanoTime;
  private final Instant recorded;
  private final List<Piece> pieces = new ArrayList<>();
  private @Nullable Retrieval retrieval;
  private @Nullable Prompt prompt;
  private @Nullable Tape tape;
  private long promptNanos;
  private boolean kept;

  /**
   * Begins a run.
   *
   * @param file takes further runs; need not be there yet
   * @param model as in the setting {@code llm.model}
   * @param recorded when that is
   */
  public Recorder(CassetteFile file, String model, Instant recorded, LongSupplier nanoTime) {
    this.file = file;
    this.model = model;
    this.recorded = recorded;
    this.nanoTime = nanoTime;
  }

  /** A transport for the run's model; what comes through it is recorded. */
  public Transport through(Transport transport) {
    return new RecordingTransport(
        transport,
        (request, failures) -> {
          long start = nanoTime.getAsLong();
          Tape begun = new Tape(request, failures, () -> millisSince(start));
          tape = begun;
          return begun;
        });
  }

  /**
   * Answers, and writes the run to the end of its file once it has ended, also where its reader
   * left.
   *
   * @param answering gives the events to the reader that it is given
   * @throws dev.ragstream.core.FailureException of kind {@code CASSETTE} where it cannot be written
   */
  public Ending record(
      Consumer<? super AnswerEvent> reader, Function<Consumer<AnswerEvent>, Ending> answering) {
    Ending ending =
        answering.apply(event -> {
          note(event);
          reader.accept(event);
        });
    kept = save(ending);
    return ending;
  }

  /** Whether there was something to keep: not where the model was never asked. */
  public boolean kept() {
    return kept;
  }

  private void note(AnswerEvent event) {
    switch (event) {
      case Retrieved(Retrieval found) -> retrieval = found;
      case PromptBuilt(Prompt built) -> {
        prompt = built;
        promptNanos = nanoTime.getAsLong();
      }
      case Text(String text) -> piece(false, text);
      case Reasoning(String text) -> piece(true, text);
      case Completed _, Cancelled _, Failed _ -> {}
    }
  }

  private boolean save(Ending ending) {
    Retrieval found = retrieval;
    Prompt built = prompt;
    Tape full = tape;
    if (found == null || built == null || neverAsked(full, ending)) {
      return false;
    }
    if (full == null) {
      InProcess answer = new InProcess(pieces);
      file.append(new Run(0, recorded, model, found, built, answer, ending), Redaction.NONE);
      return true;
    }
    if (ending instanceof Cancelled) {
      full.cutShort();
    }
    file.append(
        new Run(0, recorded, full.model(), found, built, full.answer(), ending), full.redaction());
    return true;
  }

  /** What failed here, before anything was sent, is no answer. */
  private static boolean neverAsked(@Nullable Tape tape, Ending ending) {
    return ending instanceof Failed(Failure failure, _, _)
        && (tape == null
            || failure.kind() == Failure.Kind.OFFLINE
            || failure.kind() == Failure.Kind.SETTINGS);
  }

  private void piece(boolean reasoning, String text) {
    if (tape == null) {
      pieces.add(new Piece(millisSince(promptNanos), reasoning, text));
    }
  }

  private long millisSince(long start) {
    return (nanoTime.getAsLong() - start) / 1_000_000;
  }
}
