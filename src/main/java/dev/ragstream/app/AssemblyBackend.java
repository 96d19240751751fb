package dev.ragstream.app;

import dev.ragstream.config.ModelName;
import dev.ragstream.config.ServeSettings;
import dev.ragstream.config.TemplateSource;
import dev.ragstream.core.AnswerEvent;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.ChatLog;
import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.PromptBuilder;
import dev.ragstream.core.Question;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retriever;
import dev.ragstream.core.TokenCounter;
import dev.ragstream.model.ChatOptions;
import dev.ragstream.server.Backend;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The parts of one {@link Assembly}, shared by all requests: models and prompt builders are made
 * once. Closes the assembly when it is {@link #retire retired} and nobody uses it any more.
 */
final class AssemblyBackend implements Backend {

  private final Assembly assembly;
  private final Retriever retriever;
  private final Readiness readiness;
  private final Map<String, ModelName> allowed = new LinkedHashMap<>();
  private final Map<String, TemplateSource> templates = new LinkedHashMap<>();
  private final Map<ModelName, ChatModels.Worded> models = new ConcurrentHashMap<>();
  private final Map<TemplateSource, PromptBuilder> prompts = new ConcurrentHashMap<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private int users = 1;

  /**
   * @throws FailureException where the settings name a part that there is not
   */
  AssemblyBackend(Assembly assembly) {
    this.assembly = assembly;
    this.retriever = assembly.retriever();
    this.readiness = assembly.readiness();
    ServeSettings serve = assembly.settings().serve();
    Stream.concat(Stream.of(assembly.settings().llm().model()), serve.models().stream())
        .forEach(model -> allowed.put(name(model), model));
    Stream.concat(Stream.of(assembly.settings().prompt().template()), serve.templates().stream())
        .forEach(template -> templates.put(name(template), template));
    prompts(assembly.settings().prompt().template());
    assembly.history().chats();
    if (assembly.settings().journal().enabled()) {
      assembly.history().journal();
    }
  }

  @Override
  public Measured measured(Choice choice, UnaryOperator<ChatModel> between) {
    ModelName name = model(choice.model());
    PromptBuilder builder = prompts(template(choice.template()));
    Retrieval.Options options = options(choice);
    ChatOptions wanted = wanted(choice.wording());
    ChatModel model = between.apply(models.computeIfAbsent(name, assembly::worded).with(wanted));
    Retriever passages = assembly.cassettes().passages(name).orElse(retriever);
    Pipeline pipeline = new Pipeline(passages, options, builder, model);
    use();
    return new Measured() {
      @Override
      public Ending answer(Question question, Consumer<? super AnswerEvent> reader) {
        return assembly
            .history()
            .recordingOfMany(question, name, wanted)
            .answer(reader, recorder -> pipeline.answer(question, recorder));
      }

      @Override
      public Prompt inspect(Question question) {
        return pipeline.inspect(question);
      }

      @Override
      public Retrieval search(String query) {
        return passages.retrieve(query, options, options.topK()).aboveMinScore();
      }

      @Override
      public String model() {
        return name(name);
      }

      @Override
      public void close() {
        release();
      }
    };
  }

  @Override
  public List<String> models() {
    return List.copyOf(allowed.keySet());
  }

  @Override
  public TokenCounter tokens() {
    return assembly.prompts().counter();
  }

  @Override
  public ChatLog chats() {
    return assembly.history().chats();
  }

  @Override
  public List<Part> parts() {
    return readiness.parts();
  }

  /** Takes in no more requests; those under way go on. */
  void retire() {
    release();
  }

  /**
   * Waits until those under way have ended and all is closed: a process that ends in the middle of
   * native code dies of it.
   *
   * @param longest no longer than that
   */
  void awaitEnd(Duration longest) throws InterruptedException {
    var _ = ended.await(longest.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static ChatOptions wanted(Wording wording) {
    return new ChatOptions(
        wording.temperature(),
        wording.topP(),
        wording.maxTokens(),
        wording.seed(),
        wording.stop(),
        Map.of());
  }

  private ModelName model(@Nullable String wanted) {
    if (wanted == null) {
      return assembly.settings().llm().model();
    }
    ModelName model = allowed.get(wanted);
    if (model == null) {
      throw notAllowed("model", allowed.keySet(), "serve.models");
    }
    return model;
  }

  private TemplateSource template(@Nullable String wanted) {
    if (wanted == null) {
      return assembly.settings().prompt().template();
    }
    TemplateSource template = templates.get(wanted);
    if (template == null) {
      throw notAllowed("template", templates.keySet(), "serve.templates");
    }
    return template;
  }

  private PromptBuilder prompts(TemplateSource template) {
    return prompts.computeIfAbsent(
        template, source -> assembly.prompts().builder(assembly.prompts().template(source)));
  }

  private Retrieval.Options options(Choice choice) {
    Retrieval.Options standard = assembly.retrieval(choice.where());
    int topK = choice.topK() == 0 ? standard.topK() : choice.topK();
    int most = Math.max(standard.topK(), assembly.settings().serve().maxTopK());
    if (topK > most) {
      throw new FailureException(
          Failure.Kind.USAGE,
          "a request may ask for %d passages at most, and this one asks for %d"
              .formatted(most, topK),
          "ask for fewer, or raise serve.maxTopK");
    }
    Double minScore = choice.minScore();
    return new Retrieval.Options(
        standard.mode(),
        topK,
        Math.max(standard.candidates(), 2 * topK),
        minScore == null ? standard.minScore() : minScore,
        standard.where());
  }

  /** A cassette is called by its place in the project, which tells nothing of the machine. */
  private String name(ModelName model) {
    if (model.provider() != ModelName.Provider.REPLAY) {
      return model.toString();
    }
    Path shown = Cassettes.shown(model, assembly.settings().projectFolder());
    return ModelName.REPLAY_PREFIX + shown.toString().replace('\\', '/');
  }

  /** A file is called by its name without its ending. */
  private static String name(TemplateSource template) {
    return switch (template) {
      case TemplateSource.Named(String name) -> name;
      case TemplateSource.InFile(Path file) ->
          String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
    };
  }

  private static FailureException notAllowed(String what, Iterable<String> known, String setting) {
    return new FailureException(
        Failure.Kind.USAGE,
        "a request may not choose this " + what,
        "choose one of " + String.join(", ", known) + ", or add it to " + setting);
  }

  private synchronized void use() {
    users++;
  }

  private synchronized void release() {
    users--;
    if (users == 0) {
      assembly.close();
      ended.countDown();
    }
  }
}
