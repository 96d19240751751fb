package dev.ragstream.elastic;

import dev.ragstream.core.Failure;
import dev.ragstream.core.PassageWriter;
import dev.ragstream.core.StoredDocument;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes to an index of ragstream's own. Passages and records carry the number of the commit that
 * they came with, their generation. While there are changes, the alias that readers ask shows no
 * generation but the committed ones, and a commit lets it show the next one.
 */
final class ElasticWriter implements PassageWriter {

  private final IndexAdmin admin;
  private final String index;
  private final DocumentJson json;
  private final WriterLock lock;
  private final Contents contents;
  private final BulkLoad load;

  /** In which of its two places the committed version of each document is. */
  private final Map<String, Integer> places = new HashMap<>();

  /** Documents whose committed version goes with the next commit. */
  private final Set<String> outdated = new HashSet<>();

  /** Documents that have a new version in the next commit. */
  private final Set<String> renewed = new HashSet<>();

  /** Documents that the cluster refused since the last commit. */
  private final Map<String, Failure> refused = new HashMap<>();

  /** The index that this one will take the place of with its first commit; null: none. */
  private @Nullable Replaced replaced;

  private long generation;

  /** Whether there ever were changes. */
  private boolean begun;

  /** Whether there are changes that are not committed. */
  private boolean changed;

  /** Whether nothing is left of what the last commit replaced. */
  private boolean tidy = true;

  /** An index, locked until it is replaced. */
  record Replaced(String index, WriterLock lock) {}

  /**
   * Goes on from what an index holds.
   *
   * @param index that is complete, and seen through the alias unless it will replace another
   * @param lock on it, which this writer closes
   */
  ElasticWriter(
      Connection connection,
      IndexAdmin admin,
      String index,
      OwnIndex own,
      WriterLock lock,
      @Nullable Replaced replaced) {
    this.admin = admin;
    this.index = index;
    this.json = new DocumentJson(own.analysis());
    this.lock = lock;
    this.replaced = replaced;
    this.contents = new Contents(connection, index);
    this.load = new BulkLoad(connection, index);
  }

  @Override
  public void delete(String source) {
    begin();
    if (renewed.remove(source)) {
      refused.putAll(load.drain());
      refused.remove(source);
      takeBack(Set.of(source));
    }
    if (places.containsKey(source)) {
      outdated.add(source);
    }
  }

  @Override
  public void add(EmbeddedChunk chunk) {
    String source = chunk.chunk().source();
    int place = renew(source);
    load.put(DocumentIds.of(chunk.chunk(), place), json.chunk(chunk, generation), source);
  }

  @Override
  public void add(StoredDocument document) {
    String source = document.source();
    int place = renew(source);
    load.put(
        DocumentIds.ofRecord(source, place),
        DocumentJson.record(document, generation, place),
        source);
  }

  /** Returns the place of the document's new version: the one where the old version is not. */
  private int renew(String source) {
    begin();
    renewed.add(source);
    return 1 - places.getOrDefault(source, 1);
  }

  private void begin() {
    lock.require();
    if (changed) {
      return;
    }
    lock.confirm();
    if (!begun) {
      contents.versions(version -> places.put(version.source(), version.place()));
    }
    generation =
        Math.max(System.currentTimeMillis(), Math.max(generation, contents.newestGeneration()) + 1);
    if (!begun && replaced == null) {
      admin.show(index, generation - 1, null);
    }
    begun = true;
    changed = true;
  }

  @Override
  public Map<String, Failure> commit() {
    if (changed) {
      refused.putAll(load.drain());
      lock.confirm();
      takeBack(refused.keySet());
      refused.keySet().forEach(outdated::remove);
    }
    if (replaced != null) {
      replaced.lock().confirm();
      replace(replaced);
    } else if (changed) {
      showNext();
    }
    refused.keySet().forEach(renewed::remove);
    renewed.forEach(source -> places.merge(source, 0, (place, _) -> 1 - place));
    renewed.clear();
    outdated.clear();
    Map<String, Failure> told = Map.copyOf(refused);
    refused.clear();
    lock.commit();
    return told;
  }

  private void replace(Replaced old) {
    contents.refresh();
    admin.show(index, begun ? generation : null, old.index());
    old.lock().forget();
    replaced = null;
    changed = false;
  }

  /** What is shown and what is deleted can be found from the refresh on, both at once. */
  private void showNext() {
    List<String> passages = contents.passageIds(outdated, range -> range.lt((double) generation));
    List<String> records = contents.recordIds(outdated, range -> range.lt((double) generation));
    admin.show(index, generation, null);
    changed = false;
    tidy = false;
    passages.forEach(load::delete);
    load.drain();
    // Last, for as long as an old record is there a broken-off commit can be told.
    records.forEach(load::delete);
    load.drain();
    contents.refresh();
    tidy = true;
    outdated.stream().filter(source -> !renewed.contains(source)).forEach(places::remove);
  }

  /** Removes what was added of some documents since the last commit. */
  private void takeBack(Collection<String> sources) {
    if (!sources.isEmpty()) {
      contents.refresh();
      contents.passageIds(sources, range -> range.gte((double) generation)).forEach(load::delete);
      contents.recordIds(sources, range -> range.gte((double) generation)).forEach(load::delete);
      load.drain();
    }
  }

  @Override
  public void close() {
    // A broken-off run is tidied up too, which an interrupt would break off in turn.
    boolean interrupted = Thread.interrupted();
    try (lock) {
      if (replaced != null) {
        giveUp(replaced);
      } else if (begun) {
        settle();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void giveUp(Replaced old) {
    try (WriterLock _ = old.lock()) {
      lock.forget();
      load.drain();
    } finally {
      admin.remove(index);
    }
  }

  /** Takes back what is not committed; the alias may then show all there is. */
  private void settle() {
    lock.confirm();
    if (changed) {
      load.drain();
      contents.refresh();
      contents.ids(range -> range.gte((double) generation), load::delete);
      load.drain();
      contents.refresh();
    }
    if (tidy) {
      admin.show(index, null, null);
    }
  }
}
