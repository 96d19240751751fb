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

  public Pipeline(
      Retriever retriever, Retrieval.Options options, PromptBuilder prompts, ChatModel model) {
    this.retriever = retriever;
    this.options = options;
    this.prompts = prompts;
    this.model = model;
  }

  /** The prompt that {@link #answer} would send, by the same steps. */
  public Prompt inspect(Question question) {
    return prompts.build(question, retrieve(question));
  }

  /**
   * Answers a question. Blocks until the end: a slow reader slows the model, an interrupt cancels,
   * and a reader that throws has left. However it ends, the model's connection is closed by then.
   *
   * @param reader receives every event on the calling thread; the last one is the ending
   * @return the ending, also where the reader was no longer there to receive it
   */
  public Ending answer(Question question, Consumer<? super AnswerEvent> reader) {
    Run run = new Run(reader);
    Ending ending;
    try {
      Retrieval retrieval = retrieve(question);
      run.retrieved(retrieval);
      Prompt prompt = prompts.build(question, retrieval);
      run.emit(new PromptBuilt(prompt));
      ChatModel.Finish finish = model.stream(prompt, run);
      ending =
          new Completed(
              finish.reason(),
              Citations.in(run.answer.toString(), prompt.excerpts()),
              finish.usage(),
              run.timings());
    } catch (ReaderLeft e) {
      return new Cancelled(run.timings());
    } catch (InterruptedException e) {
      ending = new Cancelled(run.timings());
    } catch (FailureException e) {
      ending = new Failed(e.failure(), run.timings());
    }
    try {
      run.emit(ending);
    } catch (ReaderLeft e) {
      return ending;
    }
    return ending;
  }

  private Retrieval retrieve(Question question) {
    return retriever.retrieve(question.text(), options, 2 * options.topK());
  }

  /** One answer in the making. */
  private static final class Run implements ChatModel.Reader {

    private final Consumer<? super AnswerEvent> reader;
    private final long start = System.nanoTime();
    private final StringBuilder answer = new StringBuilder();
    private long retrievalMillis;
    private long firstTextMillis = -1;

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
      try {
        reader.accept(event);
      } catch (RuntimeException e) {
        throw new ReaderLeft(e);
      }
    }

    Timings timings() {
      return new Timings(retrievalMillis, firstTextMillis, millis());
    }

    private long millis() {
      return (System.nanoTime() - start) / 1_000_000;
    }
  }

  /** Tells a reader that has left from a model that failed. */
  private static final class ReaderLeft extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ReaderLeft(RuntimeException cause) {
      super(cause);
    }
  }
}
