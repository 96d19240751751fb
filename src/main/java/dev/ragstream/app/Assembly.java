package dev.ragstream.app;

import dev.ragstream.config.Settings;
import dev.ragstream.config.TemplateSource;
import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Filter;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.Pipeline;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.PromptBuilder;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retriever;
import dev.ragstream.core.Template;
import dev.ragstream.core.TokenCounter;
import dev.ragstream.embed.BundledModel;
import dev.ragstream.embed.CachingEmbedder;
import dev.ragstream.embed.OnnxEmbedder;
import dev.ragstream.embed.VectorCache;
import dev.ragstream.ingest.Chunker;
import dev.ragstream.ingest.FieldMapping;
import dev.ragstream.ingest.FileLoader;
import dev.ragstream.ingest.FileWalker;
import dev.ragstream.ingest.Indexer;
import dev.ragstream.ingest.Limits;
import dev.ragstream.ingest.Readers;
import dev.ragstream.lucene.LuceneStore;
import dev.ragstream.model.TokenEncodings;
import dev.ragstream.template.TemplateLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Builds what the settings describe, each part when it is first asked for, and closes what it
 * built.
 */
public final class Assembly implements AutoCloseable {

  /** Beside the settings file; holds what can be made again from the documents, at some cost. */
  private static final String STATE_FOLDER = ".ragstream";

  private final Settings settings;
  private final Surroundings surroundings;
  private @Nullable PassageStore store;
  private @Nullable OnnxEmbedder embedder;
  private @Nullable VectorCache vectors;

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

  public PassageStore store() {
    if (store == null) {
      store =
          switch (settings.store().type()) {
            case LUCENE -> new LuceneStore(settings.store().path());
          };
    }
    return store;
  }

  public Embedder embedder() {
    if (embedder == null) {
      embedder = new OnnxEmbedder(embeddingModel(), surroundings.cacheFolder());
    }
    return embedder;
  }

  /** The embedder of documents, which remembers vectors where the settings allow it. */
  private Embedder documentEmbedder() {
    if (!settings.embedding().cache()) {
      return embedder();
    }
    if (vectors == null) {
      Path file = settings.projectFolder().resolve(STATE_FOLDER).resolve("vectors.db");
      vectors = new VectorCache(file, surroundings.notices());
    }
    return new CachingEmbedder(embedder(), embeddingModel().passagePrefix(), vectors);
  }

  /**
   * What brings the store up to date with files.
   *
   * @param include globs in the place of the settings' ones; none leaves those in force
   * @param exclude likewise
   */
  public Indexer indexer(List<String> include, List<String> exclude) {
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
        store(),
        documentEmbedder());
  }

  public Retriever retriever() {
    return new Retriever(store(), embedder());
  }

  public Retrieval.Options retrieval(Filter where) {
    Settings.Retrieval retrieval = settings.retrieval();
    return new Retrieval.Options(
        retrieval.mode(),
        retrieval.topK(),
        retrieval.candidates(),
        retrieval.minScore() == 0 ? Double.NEGATIVE_INFINITY : retrieval.minScore(),
        where);
  }

  /** The template that the settings name. */
  public Template template() {
    return switch (settings.prompt().template()) {
      case TemplateSource.Named(String name) -> named(name);
      case TemplateSource.InFile(Path file) -> TemplateLoader.load(file);
    };
  }

  public PromptBuilder prompts(Template template) {
    Settings.PromptSettings prompt = settings.prompt();
    TokenCounter counter =
        switch (prompt.tokens()) {
          case O200K_BASE -> TokenEncodings.o200kBase();
          case CL100K_BASE -> TokenEncodings.cl100kBase();
        };
    return new PromptBuilder(template, counter, prompt.budget(), prompt.reserve());
  }

  /** The model that the settings name. */
  public ChatModel model() {
    return models().model(this::embedder);
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
    return new Pipeline(retriever(), retrieval(where), prompts(template), model());
  }

  @Override
  public void close() {
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

  private BundledModel embeddingModel() {
    return BundledModel.named(settings.embedding().model());
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
