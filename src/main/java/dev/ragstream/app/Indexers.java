package dev.ragstream.app;

import dev.ragstream.config.Settings;
import dev.ragstream.core.Embedder;
import dev.ragstream.core.PassageStore;
import dev.ragstream.embed.CachingEmbedder;
import dev.ragstream.embed.VectorCache;
import dev.ragstream.ingest.Chunker;
import dev.ragstream.ingest.FieldMapping;
import dev.ragstream.ingest.FileLoader;
import dev.ragstream.ingest.FileWalker;
import dev.ragstream.ingest.Indexer;
import dev.ragstream.ingest.Limits;
import dev.ragstream.ingest.Readers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds what brings a store up to date with files, over one cache of vectors. */
final class Indexers implements AutoCloseable {

  private final Settings settings;
  private final Surroundings surroundings;
  private final Path vectorFile;
  private @Nullable VectorCache vectors;

  /**
   * @param vectorFile the cache of vectors, made where it is not there
   */
  Indexers(Settings settings, Surroundings surroundings, Path vectorFile) {
    this.settings = settings;
    this.surroundings = surroundings;
    this.vectorFile = vectorFile;
  }

  /**
   * What brings a store up to date.
   *
   * @param include globs in the place of the settings' ones; none leaves those in force
   * @param exclude likewise
   */
  Indexer indexer(
      List<String> include, List<String> exclude, PassageStore target, Embedder embedder) {
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
        new Chunker(embedder::tokens, chunking.size(), chunking.overlap(), embedder.maxTokens()),
        target,
        remembering(embedder));
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

  /** The embedder of documents, which remembers vectors where the settings allow it. */
  private Embedder remembering(Embedder embedder) {
    if (!settings.embedding().cache()) {
      return embedder;
    }
    if (vectors == null) {
      vectors = new VectorCache(vectorFile, surroundings.notices());
    }
    String prefix = new Embedders(settings.embedding(), surroundings).passagePrefix();
    return new CachingEmbedder(embedder, prefix, vectors);
  }

  @Override
  public void close() {
    if (vectors != null) {
      vectors.close();
    }
  }
}
