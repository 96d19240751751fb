package dev.ragstream.elastic;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Finding;
import dev.ragstream.core.PassageStore;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.StoreStatus;
import dev.ragstream.core.StoredDocument;
import dev.ragstream.core.TextAnalysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A passage store in an Elasticsearch cluster. Nothing is asked before it is needed; searches see
 * the newest commit.
 */
public final class ElasticStore implements PassageStore {

  private final Connection connection;
  private final String index;
  private final OpenIndex.Reading reading;

  /** Searches of one store see the same copies of the index, so that rankings do not waver. */
  private final String copies = UUID.randomUUID().toString();

  private volatile @Nullable OpenIndex opened;

  private ElasticStore(Cluster cluster, String index, OpenIndex.Reading reading) {
    this.connection = new Connection(cluster);
    this.index = index;
    this.reading = reading;
  }

  /**
   * A store in an index of ragstream's own, which is made when it is first written to.
   *
   * @param index an alias; the indices behind it come and go
   */
  public ElasticStore(Cluster cluster, String index, TextAnalysis analysis) {
    this(cluster, index, new OwnIndex(analysis));
  }

  /**
   * A store that searches an index that somebody else filled, and never writes to it.
   *
   * @param index its name or an alias
   * @param boost a second look at the best hits by words; null: none
   */
  public static ElasticStore mapped(
      Cluster cluster,
      String index,
      MappedFields fields,
      @Nullable Boost boost,
      TextAnalysis analysis) {
    return new ElasticStore(cluster, index, new MappedIndex(fields, boost, analysis));
  }

  @Override
  public Candidates search(PassageStore.Query query) {
    OpenIndex remembered = opened;
    if (remembered == null) {
      return search(query, look());
    }
    try {
      return search(query, remembered);
    } catch (FailureException _) {
      // It may have been rebuilt since it was looked at, for another embedding model perhaps.
      return search(query, look());
    }
  }

  private Candidates search(PassageStore.Query query, OpenIndex open) {
    require(open, query.vector());
    ElasticCandidates found = HybridSearch.run(connection, index, copies, open.layout(), query);
    if (!open.indices().containsAll(found.indices())) {
      require(look(), query.vector());
    }
    return found;
  }

  private void require(OpenIndex open, @Nullable QuestionVector vector) {
    VectorField field = open.layout().vectors();
    if (vector == null || field == null || open.fits(vector)) {
      return;
    }
    throw open.model() == null
        ? IndexFailures.otherDimensions(index, field, vector.model())
        : IndexFailures.otherModel(index, open.model(), vector.model());
  }

  private OpenIndex look() {
    OpenIndex open = OpenIndex.named(index, connection, reading);
    opened = open;
    return open;
  }

  @Override
  public Map<String, StoredDocument> documents() {
    if (!isOwn()) {
      return Map.of();
    }
    try {
      return new Contents(connection, index).documents();
    } catch (FailureException e) {
      if (e.failure().kind() == Failure.Kind.STORE_MISSING) {
        return Map.of();
      }
      throw e;
    }
  }

  @Override
  public StoreStatus status() {
    OpenIndex open = look();
    Contents contents = new Contents(connection, index);
    Contents.Counts counts = isOwn() ? contents.counts() : contents.foreignCounts();
    return new StoreStatus(
        connection.address() + ", index " + index,
        counts.documents(),
        counts.passages(),
        open.model(),
        contents.bytes(),
        isOwn() ? WriterLock.lastCommit(connection, index) : null);
  }

  @Override
  public List<Finding> examine(@Nullable EmbeddingModel model) {
    List<Finding> findings = new ArrayList<>(new ClusterCheckup(connection, index).findings());
    if (findings.getFirst().level() != Finding.Level.BROKEN) {
      findings.addAll(new IndexCheckup(connection, index, reading, model).findings());
    }
    return findings;
  }

  @Override
  public PassageWriter write(EmbeddingModel model, boolean rebuild) {
    if (!(reading instanceof OwnIndex own)) {
      throw IndexFailures.readOnly(index);
    }
    return WriterOpening.open(connection, index, own, model, rebuild);
  }

  /**
   * Removes the index with all that is in it, where there is one.
   *
   * @throws FailureException of kind {@code SETTINGS} where somebody else filled it
   */
  public void delete() {
    if (!isOwn()) {
      throw IndexFailures.readOnly(index);
    }
    IndexAdmin admin = new IndexAdmin(connection, index);
    try {
      look().indices().forEach(admin::remove);
    } catch (FailureException e) {
      if (e.failure().kind() != Failure.Kind.STORE_MISSING) {
        throw e;
      }
    }
    opened = null;
  }

  @Override
  public void close() {
    connection.close();
  }

  private boolean isOwn() {
    return reading instanceof OwnIndex;
  }
}
