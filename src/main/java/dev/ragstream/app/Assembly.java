package dev.ragstream.app;

import dev.ragstream.cassette.CassetteFile;
import dev.ragstream.cassette.Match;
import dev.ragstream.cassette.Pace;
import dev.ragstream.cassette.Recorder;
import dev.ragstream.cassette.Replay;
import dev.ragstream.config.ModelName;
import dev.ragstream.config.Settings;
import dev.ragstream.config.TemplateSource;
import dev.ragstream.core.ChatLog;
import dev.ragstream.core.ChatModel;
import dev.ragstream.core.EarlierTerms;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Filter;
import dev.ragstream.core.FollowUps;
import dev.ragstream.core.ModelList;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.PromptBuilder;
import dev.ragstream.core.Question;
import dev.ragstream.core.Reranker;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retrieval.Mode;
import dev.ragstream.core.Retriever;
import dev.ragstream.core.StandaloneQuestion;
import dev.ragstream.core.StoreRetriever;
import dev.ragstream.core.Template;
import dev.ragstream.core.TokenCounter;
import dev.ragstream.embed.CachingEmbedder;
import dev.ragstream.embed.VectorCache;
import dev.ragstream.ingest.Chunker;
import dev.ragstream.ingest.FieldMapping;
import dev.ragstream.ingest.FileLoader;
import dev.ragstream.ingest.FileWalker;
import dev.ragstream.ingest.Indexer;
import dev.ragstream.ingest.Limits;
import dev.ragstream.ingest.Readers;
import dev.ragstream.journal.JournalFile;
import dev.ragstream.journal.JournalWriter;
import dev.ragstream.journal.Recording;
import dev.ragstream.journal.RunJournal;
import dev.ragstream.journal.RunStart;
import dev.ragstream.journal.SqliteChatLog;
import dev.ragstream.journal.SqliteRunJournal;
import dev.ragstream.lucene.WordAnalysis;
import dev.ragstream.model.ChatOptions;
import dev.ragstream.model.TokenEncodings;
import dev.ragstream.template.TemplateLoader;
import dev.ragstream.upstream.Transport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Builds what the settings describe, each part when it is first asked for, and closes what it
 * built.
 */
public final class Assembly implements AutoCloseable {

  /** Beside the settings file; holds what can be made again from the documents, at some cost. */
  private static final String STATE_FOLDER = ".ragstream";

  /** How long the runs of a server may wait to be written down. */
  private static final Duration JOURNAL_PAUSE = Duration.ofMillis(500);

  private final Settings settings;
  private final Surroundings surroundings;
  private @Nullable PassageStore store;
  private @Nullable Embedder embedder;
  private @Nullable VectorCache vectors;
  private @Nullable RunJournal journal;
  private @Nullable JournalWriter journalWriter;
  private @Nullable ChatLog chats;
  private final Map<ModelName, Replay> replays = new ConcurrentHashMap<>();
  private boolean toldOfWords;

  public Assembly(Settings settings, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
  }

  /**
   * What is around a command and no setting.
   *
   * @param cacheFolder for what can be made again: unpacked native code and weights
   * @param environment the variables that providers' users keep their keys and addresses in
   * @param offline whether anything that needs a network is refused
   * @param notices is told what a user should know, in a sentence
   */
  public record Surroundings(
      Path cacheFolder,
      Map<String, String> environment,
      boolean offline,
      Consumer<String> notices) {

    public Surroundings {
      environment = Map.copyOf(environment);
    }

    /** Leaves the environment out: it holds secrets. */
    @Override
    public String toString() {
      return "Surroundings[" + cacheFolder + ", offline=" + offline + "]";
    }
  }

  public Settings settings() {
    return settings;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  public PassageStore store() {
    if (store == null) {
      store = stores().store();
    }
    return store;
  }

  /** Looks whether what answers questions is there. */
  Readiness readiness() {
    return new Readiness(this, System::nanoTime);
  }

  Stores stores() {
    return new Stores(settings, surroundings);
  }

  /** Where the project keeps what can be made again. */
  public Path stateFolder() {
    return settings.projectFolder().resolve(STATE_FOLDER);
  }

  public Embedder embedder() {
    if (embedder == null) {
      embedder = embedders().embedder();
    }
    return embedder;
  }

  /** The embedder of documents, which remembers vectors where the settings allow it. */
  private Embedder documentEmbedder() {
    if (!settings.embedding().cache()) {
      return embedder();
    }
    if (vectors == null) {
      vectors = new VectorCache(stateFolder().resolve("vectors.db"), surroundings.notices());
    }
    return new CachingEmbedder(embedder(), embedders().passagePrefix(), vectors);
  }

  /**
   * What brings the store up to date with files.
   *
   * @param include globs in the place of the settings' ones; none leaves those in force
   * @param exclude likewise
   */
  public Indexer indexer(List<String> include, List<String> exclude) {
    return indexer(include, exclude, store());
  }

  /** The same for another store. */
  Indexer indexer(List<String> include, List<String> exclude, PassageStore target) {
    Settings.Chunking chunking = settings.chunking();
    Limits limits = Limits.inThisProcess(settings.ingest().maxFileSize().bytes());
    return new Indexer(
        new FileWalker(
            settings.projectFolder(),
            include.isEmpty() ? settings.ingest().include() : include,
            withSettingsFile(exclude.isEmpty() ? settings.ingest().exclude() : exclude),
            limits),
        new FileLoader(limits),
        new Readers(fields(), limits),
        new Chunker(
            embedder()::tokens, chunking.size(), chunking.overlap(), embedder().maxTokens()),
        target,
        documentEmbedder());
  }

  public Retriever retriever() {
    return rerankers().over(new StoreRetriever(store(), embedder()));
  }

  public Retrieval.Options retrieval(Filter where) {
    Settings.Retrieval retrieval = settings.retrieval();
    return new Retrieval.Options(
        mode(),
        retrieval.topK(),
        retrieval.candidates(),
        retrieval.minScore() == 0 ? Double.NEGATIVE_INFINITY : retrieval.minScore(),
        where);
  }

  private Mode mode() {
    Mode mode = settings.retrieval().mode();
    if (mode != Mode.HYBRID || !settings.store().wordsAlone()) {
      return mode;
    }
    if (!toldOfWords) {
      surroundings
          .notices()
          .accept(
              "the index has no vectors (store.fields.vector), so passages are found by words alone");
      toldOfWords = true;
    }
    return Mode.LEXICAL;
  }

  /**
   * Lists the models that are built in, and asks the servers that the settings name for theirs.
   *
   * @param further providers to ask as well, at their usual addresses
   * @throws FailureException of kind {@code USAGE} where one of them is unknown
   */
  public List<ModelList> modelLists(List<String> further) {
    return new ModelLists(settings, surroundings).all(further);
  }

  /** The template that the settings name. */
  public Template template() {
    return template(settings.prompt().template());
  }

  public PromptBuilder prompts(Template template) {
    Settings.PromptSettings prompt = settings.prompt();
    return new PromptBuilder(template, counter(), prompt.budget(), prompt.reserve());
  }

  /** What prompts are packed by. */
  TokenCounter counter() {
    return switch (settings.prompt().tokens()) {
      case O200K_BASE -> TokenEncodings.o200kBase();
      case CL100K_BASE -> TokenEncodings.cl100kBase();
    };
  }

  /** The model that the settings name. */
  public ChatModel model() {
    return model(UnaryOperator.identity());
  }

  private ChatModel model(UnaryOperator<Transport> via) {
    return models().model(this::embedder, () -> replay(settings.llm().model()), via);
  }

  private Replay replay(ModelName cassette) {
    Settings.Replay how = settings.replay();
    return replays.computeIfAbsent(
        cassette,
        _ ->
            new Replay(
                Cassettes.file(cassette, settings.projectFolder()).read(),
                switch (how.match()) {
                  case EXACT -> Match.EXACT;
                  case QUESTION -> Match.QUESTION;
                },
                Pace.of(how.speed().factor()),
                models()::replayed));
  }

  /** Another model, for many requests. */
  ChatModels.Worded worded(ModelName name) {
    return new ChatModels(settings.llm().with(name), surroundings)
        .worded(this::embedder, () -> replay(name));
  }

  /** A template that the settings name in another place than {@code prompt.template}. */
  Template template(TemplateSource source) {
    return switch (source) {
      case TemplateSource.Named(String name) -> named(name);
      case TemplateSource.InFile(Path file) -> TemplateLoader.load(file);
    };
  }

  /**
   * The request that would be sent, as a command for a shell.
   *
   * @throws FailureException of kind {@code USAGE} where the model has no server
   */
  public String curl(Prompt prompt) {
    return models().curl(prompt);
  }

  private ChatModels models() {
    return new ChatModels(settings.llm(), surroundings);
  }

  public Pipeline pipeline(Template template, Filter where) {
    return pipeline(found(), template, where, model());
  }

  /** The same, and what its model's server sends is recorded. */
  public Pipeline pipeline(Template template, Filter where, Recorder recorder) {
    return pipeline(found(), template, where, model(recorder::through));
  }

  /** The same with passages from elsewhere than the store. */
  public Pipeline pipeline(Retriever retriever, Template template, Filter where) {
    return pipeline(retriever, template, where, model());
  }

  /** The same for a conversation: what was said before counts when passages are looked for. */
  public Pipeline conversation(Template template, Filter where) {
    ChatModel model = model();
    return new Pipeline(found(), retrieval(where), prompts(template), model, followUps(model));
  }

  private FollowUps followUps(ChatModel model) {
    FollowUps terms = new EarlierTerms(new WordAnalysis());
    return switch (settings.chat().followUps()) {
      case OFF -> FollowUps.NONE;
      case TERMS -> isReplay() ? FollowUps.NONE : terms;
      case MODEL ->
          switch (settings.llm().model().provider()) {
            // It answers questions as they were recorded.
            case REPLAY -> FollowUps.NONE;
            case EXTRACTIVE -> terms;
            case OPENAI, DEEPSEEK, ANTHROPIC, GEMINI, OLLAMA, CUSTOM ->
                new StandaloneQuestion(model, counter(), terms, surroundings.notices());
          };
    };
  }

  private Pipeline pipeline(Retriever retriever, Template template, Filter where, ChatModel model) {
    return new Pipeline(retriever, retrieval(where), prompts(template), model);
  }

  /** Looks into the store, or in its place into a cassette. */
  private Retriever found() {
    return recorded(settings.llm().model()).orElseGet(this::retriever);
  }

  /** The passages of a cassette, where the model is one whose passages are taken with it. */
  Optional<Retriever> recorded(ModelName model) {
    return bringsPassages(model) ? Optional.of(replay(model).retriever()) : Optional.empty();
  }

  /** Whether a model's passages come with it, so that no store is needed. */
  boolean bringsPassages(ModelName model) {
    return model.provider() == ModelName.Provider.REPLAY
        && settings.replay().match() == Settings.Replay.Match.QUESTION;
  }

  /** What was asked so far, whether or not the settings keep what is asked now. */
  public RunJournal journal() {
    if (journal == null) {
      journal = new SqliteRunJournal(journalFile(), InstantSource.system());
    }
    return journal;
  }

  /** The chats of a front end's users. */
  public ChatLog chats() {
    if (chats == null) {
      chats =
          switch (settings.chats().store()) {
            case JOURNAL -> new SqliteChatLog(journalFile());
            case ELASTICSEARCH -> stores().chats();
          };
    }
    return chats;
  }

  private JournalFile journalFile() {
    return new JournalFile(stateFolder().resolve("journal.db"));
  }

  /** Begins to write a run down, where the settings say so. */
  public Recording recording(Question question) {
    return recording(start(question, settings.llm().model(), ChatOptions.DEFAULTS), Runnable::run);
  }

  /**
   * The same for one of many runs, which do not wait for it.
   *
   * @param model that answers, which may be another than that of the settings
   * @param wanted options that go before those of the settings
   */
  synchronized Recording recordingOfMany(Question question, ModelName model, ChatOptions wanted) {
    if (journalWriter == null && settings.journal().enabled()) {
      journalWriter = new JournalWriter(journal(), JOURNAL_PAUSE, surroundings.notices());
    }
    return recording(
        start(question, model, wanted), journalWriter == null ? Runnable::run : journalWriter);
  }

  private Recording recording(RunStart start, Executor writer) {
    return settings.journal().enabled()
        ? Recording.begin(
            journal(), start, settings.journal().keep(), surroundings.notices(), writer)
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

  /**
   * Begins to record one run.
   *
   * @param file a cassette, or one that is not there yet
   * @throws FailureException where nothing can be recorded there, or the model is a replay itself
   */
  public Recorder recorder(Path file) {
    if (isReplay()) {
      throw new FailureException(
          Failure.Kind.USAGE,
          "a replay is not recorded again",
          "name the model to record with -m, or copy the cassette");
    }
    CassetteFile cassette = new CassetteFile(file);
    cassette.requireRecordable();
    return new Recorder(
        cassette,
        settings.llm().model().toString(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        System::nanoTime);
  }

  private boolean isReplay() {
    return settings.llm().model().provider() == ModelName.Provider.REPLAY;
  }

  @Override
  public void close() {
    if (chats != null) {
      chats.close();
    }
    if (journalWriter != null) {
      journalWriter.close();
    }
    if (journal != null) {
      journal.close();
    }
    if (vectors != null) {
      vectors.close();
    }
    if (embedder != null) {
      embedder.close();
    }
    if (store != null) {
      store.close();
    }
  }

  /** What puts passages in order, where the settings name it. */
  Optional<Reranker> reranker() {
    return rerankers().reranker();
  }

  private Rerankers rerankers() {
    return new Rerankers(settings.retrieval().rerank(), surroundings);
  }

  private Embedders embedders() {
    return new Embedders(settings.embedding(), surroundings);
  }

  /** The settings are no document, wherever they lie. */
  private static List<String> withSettingsFile(List<String> exclude) {
    List<String> all = new ArrayList<>(exclude);
    all.add("ragstream.yaml");
    return all;
  }

  private FieldMapping fields() {
    Settings.Ingest.Fields fields = settings.ingest().fields();
    return new FieldMapping(fields.text(), fields.title(), fields.id());
  }

  private static Template named(String name) {
    if (name.equals("default")) {
      return TemplateLoader.standard();
    }
    throw new FailureException(
        Failure.Kind.SETTINGS,
        "there is no template named '" + name + "'",
        "use 'default', or name a file: prompt.template: prompts/" + name + ".yaml");
  }
}
