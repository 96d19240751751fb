package dev.ragstream.core;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.AnswerEvent.PromptBuilt;
import dev.ragstream.core.AnswerEvent.Reasoning;
import dev.ragstream.core.AnswerEvent.Retrieved;
import dev.ragstream.core.AnswerEvent.Text;
import java.util.function.Consumer;

/** From a question to the end of its answer: retrieve, build the prompt, stream the model. */
public final class Pipeline {

  private final Retriever retriever;
  private final Retrieval.Options options;
  private final PromptBuilder prompts;
  private final ChatModel model;
  private final FollowUps followUps;

  /** One that looks for every question by its own words. */
  public Pipeline(
      Retriever retriever, Retrieval.Options options, PromptBuilder prompts, ChatModel model) {
    this(retriever, options, prompts, model, FollowUps.NONE);
  }

  public Pipeline(
      Retriever retriever,
      Retrieval.Options options,
      PromptBuilder prompts,
      ChatModel model,
      FollowUps followUps) {
    this.followUps = followUps;
    this.retriever = retriever;
    this.options = options;
    this.prompts = prompts;
    this.model = model;
  }

  /** The prompt that {@link #answer} would send, by the same steps. */
  public Prompt inspect(Question question) {
    try {
      return prompts.build(question, retrieve(question));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted before the prompt was built", e);
    }
  }

  /**
   * Answers a question. Blocks until the end: a slow reader slows the model, an interrupt cancels
   * (and is thereby spent), and a reader that throws has left. However it ends, the model's
   * connection is closed by then.
   *
   * @param reader receives every event on the calling thread; the last one is the ending
   * @return the ending, also where the reader was no longer there to receive it
   */
  public Ending answer(Question question, Consumer<? super AnswerEvent> reader) {
    Run run = new Run(reader);
    Ending ending = run(question, run);
    if (run.readerLeft) {
      return new Cancelled(run.timings());
    }
    try {
      run.emit(ending);
    } catch (RuntimeException | Error _) {
      return ending;
    }
    return ending;
  }

  private Ending run(Question question, Run run) {
    try {
      Retrieval retrieval = retrieve(question);
      run.retrieved(retrieval);
      Prompt prompt = prompts.build(question, retrieval);
      run.emit(new PromptBuilt(prompt));
      if (Thread.interrupted()) {
        return new Cancelled(run.timings());
      }
      ChatModel.Finish finish = model.stream(prompt, run);
      return new Completed(
          finish.reason(),
          Citations.in(run.answer.toString(), prompt.excerpts()),
          finish.usage(),
          Unread.of(prompt, finish.usage()),
          run.timings());
    } catch (InterruptedException _) {
      return new Cancelled(run.timings());
    } catch (RuntimeException | Error e) {
      // What an interrupt breaks fails in its own words, so the flag is asked as well.
      return Thread.interrupted() ? new Cancelled(run.timings()) : failed(e, run.timings());
    }
  }

  private static Failed failed(Throwable e, Timings timings) {
    Failure failure =
        e instanceof FailureException known
            ? known.failure()
            : new Failure(
                Failure.Kind.INTERNAL,
                "ragstream itself failed: " + e,
                "run it again with -v and report it");
    return new Failed(failure, timings, e);
  }

  private Retrieval retrieve(Question question) throws InterruptedException {
    return retriever.retrieve(followUps.query(question), options, 2 * options.topK());
  }

  /** One answer in the making. */
  private static final class Run implements ChatModel.Reader {

    private final Consumer<? super AnswerEvent> reader;
    private final long start = System.nanoTime();
    private final GrowingText answer = new GrowingText();
    private long retrievalMillis;
    private long firstTextMillis = -1;
    private boolean readerLeft;

    Run(Consumer<? super AnswerEvent> reader) {
      this.reader = reader;
    }

    void retrieved(Retrieval retrieval) {
      retrievalMillis = millis();
      emit(new Retrieved(retrieval));
    }

    @Override
    public void reasoning(String piece) {
      emit(new Reasoning(piece));
    }

    @Override
    public void text(String piece) {
      if (firstTextMillis < 0) {
        firstTextMillis = millis();
      }
      answer.append(piece);
      emit(new Text(piece));
    }

    void emit(AnswerEvent event) {
      if (readerLeft) {
        throw new IllegalStateException("the reader has left");
      }
      readerLeft = true;
      reader.accept(event);
      readerLeft = false;
    }

    Timings timings() {
      return new Timings(retrievalMillis, firstTextMillis, millis());
    }

    private long millis() {
      return (System.nanoTime() - start) / 1_000_000;
    }
  }
}
