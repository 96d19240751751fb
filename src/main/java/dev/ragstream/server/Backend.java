package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.ChatLog;
import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Filter;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Question;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.TokenCounter;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Port: what answers the questions. Every request gets a pipeline made to its measure, within what
 * the settings allow. Safe for use by several threads.
 */
public interface Backend {

  /**
   * Makes a pipeline.
   *
   * @param model may put something between the pipeline and its model
   * @throws FailureException of kind {@code USAGE} where a choice is not allowed
   */
  Measured measured(Choice choice, UnaryOperator<ChatModel> model);

  /** The models that a request may choose; the first one answers where it chooses none. */
  List<String> models();

  /** Counts what the prompts of now are packed by. */
  TokenCounter tokens();

  /** The chats of the front ends' users. */
  ChatLog chats();

  /**
   * Looks whether questions can be answered: the store is there, and the model's server. Quick, and
   * without spending tokens.
   */
  List<Part> parts();

  /**
   * Something that answers need.
   *
   * @param name {@code store}, {@code embedding} or {@code model}
   * @param failure why it is not there; null where it is
   */
  record Part(String name, @Nullable Failure failure) {}

  /**
   * What a request asks for; null and 0 leave it to the settings.
   *
   * @param topK how many passages
   * @param where metadata that every passage must have
   * @param wording how the model is to word its answer
   */
  record Choice(
      int topK,
      @Nullable Double minScore,
      @Nullable String template,
      @Nullable String model,
      Filter where,
      Wording wording) {

    static final Choice NONE = new Choice(0, null, null, null, Filter.NONE, Wording.NONE);
  }

  /**
   * How a model is to word its answer; null and an empty list leave it to the settings.
   *
   * @param temperature from 0, always the likeliest word, to 2
   * @param topP the share of likeliest words to draw from, 0 to 1
   * @param maxTokens the longest answer, from 1; never longer than the settings allow
   * @param seed makes answers repeatable where the model's server knows how
   * @param stop texts before which the answer ends; none is empty
   */
  record Wording(
      @Nullable Double temperature,
      @Nullable Double topP,
      @Nullable Integer maxTokens,
      @Nullable Long seed,
      List<String> stop) {

    public static final Wording NONE = new Wording(null, null, null, null, List.of());

    public Wording {
      stop = List.copyOf(stop);
    }
  }

  /** A pipeline and what it is made of; what it holds stays open until it is closed. */
  interface Measured extends AutoCloseable {

    /** Answers, as {@link Pipeline#answer} does. */
    Ending answer(Question question, Consumer<? super AnswerEvent> reader);

    /** The prompt that would be sent. */
    Prompt inspect(Question question);

    /** What the pipeline would find, best first, without the passages below the minimum score. */
    Retrieval search(String query);

    /** The model's name as in the settings. */
    String model();

    @Override
    void close();
  }
}
