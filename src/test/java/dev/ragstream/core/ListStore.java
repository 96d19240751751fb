package dev.ragstream.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A store that returns the rankings it was given and remembers what it was asked. */
class ListStore implements PassageStore {

  final List<Query> queries = new ArrayList<>();
  boolean candidatesClosed;
  private final Map<String, Chunk> chunks;
  private final List<Candidate> lexical;
  private final List<Candidate> vector;

  ListStore(List<Chunk> chunks, List<Candidate> lexical, List<Candidate> vector) {
    this.chunks = chunks.stream().collect(Collectors.toMap(Chunk::id, chunk -> chunk));
    this.lexical = lexical;
    this.vector = vector;
  }

  @Override
  public Candidates search(Query query) {
    queries.add(query);
    return new Candidates() {
      @Override
      public List<Candidate> lexical() {
        return query.text() == null ? List.of() : lexical;
      }

      @Override
      public List<Candidate> vector() {
        return query.vector() == null ? List.of() : vector;
      }

      @Override
      public List<Chunk> load(List<String> ids) {
        return ids.stream().map(chunks::get).toList();
      }

      @Override
      public void close() {
        candidatesClosed = true;
      }
    };
  }

  @Override
  public Map<String, StoredDocument> documents() {
    throw new UnsupportedOperationException();
  }

  @Override
  public StoreStatus status() {
    throw new UnsupportedOperationException();
  }

  @Override
  public PassageWriter write(EmbeddingModel model, boolean rebuild) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<Finding> examine(@Nullable EmbeddingModel model) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void close() {}
}
