package dev.ragstream.elastic;

import dev.ragstream.core.Chunk;
import dev.ragstream.core.PassageStore.Candidate;
import dev.ragstream.core.PassageStore.Candidates;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Both rankings of one search, with the chunks behind them.
 *
 * @param indices that the chunks are in
 */
record ElasticCandidates(
    List<Candidate> lexical, List<Candidate> vector, Map<String, Chunk> chunks, Set<String> indices)
    implements Candidates {

  @Override
  public List<Chunk> load(List<String> ids) {
    return ids.stream().map(id -> Objects.requireNonNull(chunks.get(id), id)).toList();
  }

  /** Nothing is held open. */
  @Override
  public void close() {}
}
