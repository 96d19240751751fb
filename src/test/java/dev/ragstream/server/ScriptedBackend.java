package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.ChatLog;
import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Chunk;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.FixedTemplate;
import dev.ragstream.core.Passage;
import dev.ragstream.core.Passage.Standing;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.PromptBuilder;
import dev.ragstream.core.Question;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retriever;
import dev.ragstream.core.Samples;
import dev.ragstream.core.TokenCounter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * The real pipeline over one passage or as many as a test adds, with the model that a test hands
 * over; remembers what was chosen, and how many pipelines are open.
 */
final class ScriptedBackend implements Backend {

  static final Chunk PASSAGE =
      new Chunk("weather.md#1", "weather.md", "Weather", "Rain from noon.", Map.of("lang", "en"));

  final List<Passage> passages =
      new CopyOnWriteArrayList<>(
          List.of(new Passage(1, PASSAGE, 1 / 61.0, new Standing(1, 7), null)));
  final List<String> models = new CopyOnWriteArrayList<>(List.of("scripted", "openai:other"));
  final List<Choice> choices = new CopyOnWriteArrayList<>();
  final AtomicInteger open = new AtomicInteger();
  final MemoryChats chats = new MemoryChats();
  private final ChatModel model;

  ScriptedBackend(ChatModel model) {
    this.model = model;
  }

  @Override
  public Measured measured(Choice choice, UnaryOperator<ChatModel> between) {
    if (choice.model() != null && !models().contains(choice.model())) {
      throw new FailureException(
          Failure.Kind.USAGE, "the model is not allowed", "choose one of " + models());
    }
    choices.add(choice);
    open.incrementAndGet();
    Retrieval.Options options = Samples.options(choice.topK() == 0 ? 5 : choice.topK());
    Retriever retriever =
        (query, wanted, _) -> new Retrieval(query, wanted, passages, Duration.ofMillis(1));
    Pipeline pipeline =
        new Pipeline(
            retriever,
            options,
            new PromptBuilder(FixedTemplate.STANDARD, Samples::words, 4096, 64),
            between.apply(model));
    return new Measured() {
      @Override
      public Ending answer(Question question, Consumer<? super AnswerEvent> reader) {
        return pipeline.answer(question, reader);
      }

      @Override
      public Prompt inspect(Question question) {
        return pipeline.inspect(question);
      }

      @Override
      public Retrieval search(String query) {
        return retriever.retrieve(query, options, options.topK());
      }

      @Override
      public String model() {
        return Objects.requireNonNullElse(choice.model(), "scripted");
      }

      @Override
      public void close() {
        open.decrementAndGet();
      }
    };
  }

  @Override
  public List<String> models() {
    return List.copyOf(models);
  }

  @Override
  public TokenCounter tokens() {
    return Samples::words;
  }

  @Override
  public ChatLog chats() {
    return chats;
  }

  @Override
  public List<Part> parts() {
    return List.of(new Part("store", null), new Part("model", null));
  }
}
