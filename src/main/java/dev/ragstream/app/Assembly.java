package dev.ragstream.app;

import dev.ragstream.cassette.Recorder;
import dev.ragstream.config.ModelName;
import dev.ragstream.config.Settings;
import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Filter;
import dev.ragstream.core.FollowUps;
import dev.ragstream.core.ModelList;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Reranker;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retriever;
import dev.ragstream.core.StoreRetriever;
import dev.ragstream.core.Template;
import dev.ragstream.ingest.Indexer;
import dev.ragstream.upstream.Transport;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the parts meet that the settings describe. Each is built when it is first asked for, and
 * closed with the rest.
 */
public final class Assembly implements AutoCloseable {

  /** Beside the settings file; holds what can be made again from the documents, at some cost. */
  private static final String STATE_FOLDER = ".ragstream";

  private final Settings settings;
  private final Surroundings surroundings;
  private final Retrievals retrievals;
  private final Cassettes cassettes;
  private final Indexers indexers;
  private final History history;
  private @Nullable PassageStore store;
  private @Nullable Embedder embedder;

  public Assembly(Settings settings, Surroundings around) {
    this.settings = settings;
    this.surroundings = around.keeping(settings.secrets());
    this.retrievals = new Retrievals(settings, surroundings.notices());
    this.cassettes = new Cassettes(settings, surroundings);
    this.indexers = new Indexers(settings, surroundings, stateFolder().resolve("vectors.db"));
    this.history = new History(settings, surroundings, stateFolder().resolve("journal.db"));
  }

  public Settings settings() {
    return settings;
  }

  Surroundings surroundings() {
    return surroundings;
  }

  /** Where the project keeps what can be made again. */
  public Path stateFolder() {
    return settings.projectFolder().resolve(STATE_FOLDER);
  }

  /** What was asked and answered here. */
  public History history() {
    return history;
  }

  Cassettes cassettes() {
    return cassettes;
  }

  Prompts prompts() {
    return new Prompts(settings.prompt());
  }

  Stores stores() {
    return new Stores(settings, surroundings);
  }

  public PassageStore store() {
    if (store == null) {
      store = stores().store();
    }
    return store;
  }

  public Embedder embedder() {
    if (embedder == null) {
      embedder = new Embedders(settings.embedding(), surroundings).embedder();
    }
    return embedder;
  }

  /** Looks whether what answers questions is there. */
  Readiness readiness() {
    return new Readiness(this, System::nanoTime);
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
    return indexers.indexer(include, exclude, target, embedder());
  }

  public Retriever retriever() {
    return rerankers().over(new StoreRetriever(store(), embedder()));
  }

  public Retrieval.Options retrieval(Filter where) {
    return retrievals.options(where);
  }

  /** What puts passages in order, where the settings name it. */
  Optional<Reranker> reranker() {
    return rerankers().reranker();
  }

  private Rerankers rerankers() {
    return new Rerankers(settings.retrieval().rerank(), surroundings);
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
    return prompts().template();
  }

  /** The model that the settings name. */
  public ChatModel model() {
    return model(UnaryOperator.identity());
  }

  private ChatModel model(UnaryOperator<Transport> via) {
    return models().model(this::embedder, () -> cassettes.replay(settings.llm().model()), via);
  }

  /** Another model, for many requests. */
  ChatModels.Worded worded(ModelName name) {
    return new ChatModels(settings.llm().with(name), surroundings)
        .worded(this::embedder, () -> cassettes.replay(name));
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

  /**
   * Begins to record one run.
   *
   * @param file a cassette, or one that is not there yet
   * @throws FailureException where nothing can be recorded there, or the model is a replay itself
   */
  public Recorder recorder(Path file) {
    return cassettes.recorder(file);
  }

  public Pipeline pipeline(Template template, Filter where) {
    return pipeline(found(), template, where);
  }

  /** The same, and what its model's server sends is recorded. */
  public Pipeline pipeline(Template template, Filter where, Recorder recorder) {
    return pipeline(found(), template, where, model(recorder::through), FollowUps.NONE);
  }

  /** The same with passages from elsewhere than the store. */
  public Pipeline pipeline(Retriever retriever, Template template, Filter where) {
    return pipeline(retriever, template, where, model(), FollowUps.NONE);
  }

  /** The same for a conversation: what was said before counts when passages are looked for. */
  public Pipeline conversation(Template template, Filter where) {
    ChatModel model = model();
    FollowUps followUps = new FollowUpQuestions(settings, surroundings.notices()).by(model);
    return pipeline(found(), template, where, model, followUps);
  }

  private Pipeline pipeline(
      Retriever retriever, Template template, Filter where, ChatModel model, FollowUps followUps) {
    return new Pipeline(retriever, retrieval(where), prompts().builder(template), model, followUps);
  }

  /** Looks into the store, or in its place into a cassette. */
  private Retriever found() {
    return cassettes.passages(settings.llm().model()).orElseGet(this::retriever);
  }

  @Override
  public void close() {
    history.close();
    indexers.close();
    if (embedder != null) {
      embedder.close();
    }
    if (store != null) {
      store.close();
    }
  }
}
