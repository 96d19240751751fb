package dev.ragstream.elastic;

import dev.ragstream.core.EmbeddingModel;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Nearest;
import java.util.Collection;

/** The words for an index that is not what the settings take it for. */
final class IndexFailures {

  private IndexFailures() {}

  static FailureException missing(String index, String address) {
    return new FailureException(
        Failure.Kind.STORE_MISSING,
        "there is no index " + index + " at " + address,
        "run 'ragstream index PATH' first, or set store.index to an existing one");
  }

  static FailureException notOurs(String index) {
    return new FailureException(
        Failure.Kind.STORE,
        "the index " + index + " was not made by ragstream",
        "to fill an index of ragstream's own, set store.index to another name; to search this one,"
            + " tell with store.fields.text which of its fields hold the text");
  }

  static FailureException noAlias(String index) {
    return new FailureException(
        Failure.Kind.STORE,
        index + " is an index, and ragstream writes to an alias that indices stand behind",
        "set store.index to the alias, which is its name without the number at the end");
  }

  static FailureException noText(String index, String field) {
    return new FailureException(
        Failure.Kind.SETTINGS,
        "the field " + field + " of the index " + index + " holds no text that words are found in",
        "name a field of type text in store.fields and retrieval.boost.field");
  }

  static FailureException severalIndices(String alias, Collection<String> indices) {
    return new FailureException(
        Failure.Kind.STORE,
        "the alias %s stands for %d indices: %s"
            .formatted(
                alias, indices.size(), String.join(", ", indices.stream().sorted().toList())),
        "let it stand for one of them, or set store.index to the index that is meant");
  }

  static FailureException readOnly(String index) {
    return new FailureException(
        Failure.Kind.SETTINGS,
        "the index " + index + " was filled by somebody else, as store.fields says",
        "leave store.fields out and set store.index to a name of ragstream's own to index documents");
  }

  static FailureException noSuchField(String index, String field, Collection<String> fields) {
    return new FailureException(
        Failure.Kind.SETTINGS,
        "the index " + index + " has no field " + field,
        Nearest.to(field, fields)
            .map(near -> "did you mean " + near + "? ")
            .orElse("it has: " + String.join(", ", fields.stream().limit(30).toList()) + ". ")
            .concat("Correct store.fields or retrieval.boost.field"));
  }

  static FailureException noVectors(String index, String field) {
    return new FailureException(
        Failure.Kind.SETTINGS,
        "the field " + field + " of the index " + index + " holds no vectors",
        "name a field of type dense_vector in store.fields.vector, or leave it out and search by"
            + " words");
  }

  static FailureException otherModel(String index, EmbeddingModel built, EmbeddingModel wanted) {
    return new FailureException(
        Failure.Kind.STORE_MISMATCH,
        "the index %s was built with the embedding model %s, and the settings name %s"
            .formatted(index, built, wanted),
        "run 'ragstream index --rebuild PATH', or set embedding.model: " + built.name());
  }

  static FailureException otherDimensions(String index, VectorField field, EmbeddingModel wanted) {
    return new FailureException(
        Failure.Kind.STORE_MISMATCH,
        "the vectors in %s of the index %s have %d dimensions, and the settings name %s"
            .formatted(field.name(), index, field.dimensions(), wanted),
        "set embedding.model to the model that the index was filled with, or retrieval.mode:"
            + " lexical");
  }

  static FailureException locked(String index, String holder) {
    return new FailureException(
        Failure.Kind.STORE_LOCKED,
        "the index " + index + " is being written by " + holder,
        "wait until it has ended, or end it; a process that died lets go after a minute. Searching"
            + " works meanwhile");
  }

  static FailureException lockLost(String index) {
    return new FailureException(
        Failure.Kind.STORE_LOCKED,
        "another process has taken over the index "
            + index
            + ", since this one was silent too long",
        "wait until it has ended, then run this again; what was committed is kept");
  }
}
