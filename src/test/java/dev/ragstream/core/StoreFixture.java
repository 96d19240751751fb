package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ragstream.core.PassageStore.Candidate;
import dev.ragstream.core.PassageStore.Candidates;
import dev.ragstream.core.PassageStore.Query;
import dev.ragstream.core.PassageStore.QuestionVector;
import dev.ragstream.core.PassageWriter.EmbeddedChunk;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;

/** What tests of any store are written with. */
public interface StoreFixture {

  EmbeddingModel MODEL = new EmbeddingModel("tiny", 2);

  /** Opens this test's own store, in which nothing was indexed at first; the test closes it. */
  PassageStore open();

  /** The n-th chunk of a document, without metadata, with a vector at this angle in degrees. */
  static EmbeddedChunk chunk(String source, int n, String text, double degrees) {
    return chunk(source, n, text, degrees, Map.of());
  }

  static EmbeddedChunk chunk(
      String source, int n, String text, double degrees, Map<String, String> metadata) {
    return new EmbeddedChunk(
        new Chunk(source + "#" + n, source, "", text, metadata), vector(degrees));
  }

  /** A vector of length one. */
  static float[] vector(double degrees) {
    double radians = Math.toRadians(degrees);
    return new float[] {(float) Math.cos(radians), (float) Math.sin(radians)};
  }

  /** Puts a document in the place of what there was, without a commit. */
  static void put(
      PassageWriter writer, String source, String fingerprint, EmbeddedChunk... chunks) {
    writer.delete(source);
    for (EmbeddedChunk chunk : chunks) {
      writer.add(chunk);
    }
    writer.add(new StoredDocument(source, fingerprint, chunks.length));
  }

  /** Indexes one document for each chunk's source, and commits. */
  static void index(PassageStore store, EmbeddedChunk... chunks) {
    try (PassageWriter writer = store.write(MODEL, false)) {
      List.of(chunks).stream()
          .map(chunk -> chunk.chunk().source())
          .distinct()
          .forEach(source ->
              put(
                  writer,
                  source,
                  "1",
                  List.of(chunks).stream()
                      .filter(chunk -> chunk.chunk().source().equals(source))
                      .toArray(EmbeddedChunk[]::new)));
      writer.commit();
    }
  }

  static Query words(String text) {
    return words(text, Map.of(), 10);
  }

  static Query words(String text, Map<String, String> where, int limit) {
    return new Query(text, null, new Filter(where), limit);
  }

  static Query near(double degrees) {
    return near(degrees, Map.of(), 10);
  }

  static Query near(double degrees, Map<String, String> where, int limit) {
    return new Query(null, new QuestionVector(MODEL, vector(degrees)), new Filter(where), limit);
  }

  /** The ids of both rankings, one after the other. */
  static List<String> found(PassageStore store, Query query) {
    try (Candidates candidates = store.search(query)) {
      return java.util.stream.Stream.of(candidates.lexical(), candidates.vector())
          .flatMap(List::stream)
          .map(Candidate::id)
          .toList();
    }
  }

  /** The failure that an action must end with. */
  static Failure failure(ThrowingCallable action) {
    @Nullable FailureException thrown = catchThrowableOfType(FailureException.class, action);
    assertThat(thrown).isNotNull();
    return thrown.failure();
  }
}
