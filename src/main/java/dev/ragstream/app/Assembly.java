package dev.ragstream.app;

import dev.ragstream.config.ModelName;
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
import dev.ragstream.embed.OnnxEmbedder;
import dev.ragstream.ingest.Chunker;
import dev.ragstream.ingest.FieldMapping;
import dev.ragstream.ingest.FileLoader;
import dev.ragstream.ingest.FileWalker;
import dev.ragstream.ingest.Indexer;
import dev.ragstream.ingest.Limits;
import dev.ragstream.ingest.Readers;
import dev.ragstream.lucene.LuceneStore;
import dev.ragstream.model.ExtractiveModel;
import dev.ragstream.model.TokenEncodings;
import dev.ragstream.template.TemplateLoader;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds what the settings describe, each part when it is first asked for, and closes what it
 * built.
 */
public final class Assembly implements AutoCloseable {

  private final Settings settings;
  private final Surroundings surroundings;
  private @Nullable PassageStore store;
  private @Nullable Embedder embedder;

  public Assembly(Settings settings, Surroundings surroundings) {
    this.settings = settings;
    this.surroundings = surroundings;
  }

  /**
   * What is around a command and no setting.
   *
   * @param cacheFolder for what can be made again: unpacked native code and weights
   * @param offline whether anything that needs a network is refused
   */
  public record Surroundings(Path cacheFolder, boolean offline) {}

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
      embedder =
          new OnnxEmbedder(
              BundledModel.named(settings.embedding().model()), surroundings.cacheFolder());
    }
    return embedder;
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
            exclude.isEmpty() ? settings.ingest().exclude() : exclude,
            limits),
        new FileLoader(limits),
        new Readers(fields(), limits),
        new Chunker(
            embedder()::tokens, chunking.size(), chunking.overlap(), embedder().maxTokens()),
        store(),
        embedder());
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

  public ChatModel model() {
    ModelName model = settings.llm().model();
    return switch (model.provider()) {
      case EXTRACTIVE -> new ExtractiveModel(embedder());
      case OPENAI -> throw new UnsupportedOperationException();
    };
  }

  /** The request that would be sent, as a command for a shell. */
  public String curl(Prompt prompt) {
    throw new UnsupportedOperationException(prompt.template());
  }

  public Pipeline pipeline(Template template, Filter where) {
    return new Pipeline(retriever(), retrieval(where), prompts(template), model());
  }

  @Override
  public void close() {
    if (embedder != null) {
      embedder.close();
    }
    if (store != null) {
      store.close();
    }
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
