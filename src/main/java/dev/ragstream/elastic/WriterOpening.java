package dev.ragstream.elastic;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Prepares an index to be written to, and tidies up what a run that died left behind. */
record WriterOpening(Connection connection, IndexAdmin admin, OwnIndex own, EmbeddingModel model) {

  static ElasticWriter open(
      Connection connection, String alias, OwnIndex own, EmbeddingModel model, boolean rebuild) {
    IndexAdmin admin = new IndexAdmin(connection, alias);
    return new WriterOpening(connection, admin, own, model).open(rebuild);
  }

  private ElasticWriter open(boolean rebuild) {
    OpenIndex existing = look(admin.alias()).orElseGet(this::first);
    String index = existing.indices().iterator().next();
    if (index.equals(admin.alias())) {
      throw IndexFailures.noAlias(index);
    }
    WriterLock lock = WriterLock.take(connection, index);
    try {
      removeHalfBuilt(index);
      if (rebuild) {
        return replacing(index, lock);
      }
      if (existing.model() != null && !existing.model().equals(model)) {
        throw IndexFailures.otherModel(admin.alias(), existing.model(), model);
      }
      tidyUp(index);
      return new ElasticWriter(connection, admin, index, own, lock, null);
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private Optional<OpenIndex> look(String name) {
    try {
      return Optional.of(OpenIndex.named(name, connection, own));
    } catch (FailureException e) {
      if (e.failure().kind() == Failure.Kind.STORE_MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private OpenIndex first() {
    try {
      admin.create(admin.first(), model, true);
    } catch (FailureException e) {
      // Another process may have made it meanwhile; its index is as good as ours.
      return look(admin.alias()).orElseThrow(() -> e);
    }
    return OpenIndex.named(admin.alias(), connection, own);
  }

  /** Nobody sees the new index before its first commit. */
  private ElasticWriter replacing(String old, WriterLock oldLock) {
    String index = admin.after(old);
    admin.create(index, model, false);
    return new ElasticWriter(
        connection,
        admin,
        index,
        own,
        WriterLock.take(connection, index),
        new ElasticWriter.Replaced(old, oldLock));
  }

  /** A rebuild that died leaves the index that it was filling. */
  private void removeHalfBuilt(String index) {
    String next = admin.after(index);
    if (look(next).isPresent()) {
      admin.remove(next);
    }
  }

  /** Only a run that died leaves a part of the index hidden. */
  private void tidyUp(String index) {
    if (!admin.isPartlyHidden(index)) {
      return;
    }
    Contents all = new Contents(connection, index);
    all.refresh();
    Contents shown = new Contents(connection, admin.alias());
    long committed = shown.newestGeneration();
    BulkLoad load = new BulkLoad(connection, index);
    all.ids(range -> range.gt((double) committed), load::delete);
    Map<String, Long> newest = new HashMap<>();
    Set<String> twice = new HashSet<>();
    shown.versions(version ->
        newest.merge(
            version.source(),
            version.generation(),
            (one, other) -> {
              twice.add(version.source());
              return Math.max(one, other);
            }));
    for (String source : twice) {
      double newer = newest.getOrDefault(source, 0L);
      shown.passageIds(Set.of(source), range -> range.lt(newer)).forEach(load::delete);
      load.drain();
      shown.recordIds(Set.of(source), range -> range.lt(newer)).forEach(load::delete);
    }
    load.drain();
    all.refresh();
    admin.show(index, null, null);
  }
}
