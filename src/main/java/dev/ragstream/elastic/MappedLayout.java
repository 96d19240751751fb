package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch._types.query_dsl.TextQueryType;
import co.elastic.clients.elasticsearch.core.search.Hit;
import dev.ragstream.core.Chunk;
import dev.ragstream.core.Filter;
import dev.ragstream.core.TextAnalysis;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An index that somebody else filled, read through a mapping of its fields. */
record MappedLayout(
    MappedFields mapped,
    @Nullable Boost boost,
    TextAnalysis analysis,
    @Nullable VectorField vectors)
    implements Layout {

  @Override
  public Optional<Query> words(String question) {
    if (question.isBlank()) {
      return Optional.empty();
    }
    List<String> searched = new ArrayList<>(mapped.text());
    if (mapped.title() != null) {
      searched.add(mapped.title());
    }
    return Optional.of(
        Query.of(q ->
            q.multiMatch(
                match -> match.query(question).fields(searched).type(TextQueryType.MostFields))));
  }

  @Override
  public List<Query> where(Filter filter) {
    return filter.required().entrySet().stream()
        .map(fact ->
            Query.of(q -> q.term(t -> t.field(field(fact.getKey())).value(fact.getValue()))))
        .toList();
  }

  /** The index's own name for what a filter calls {@code source} and {@code title}. */
  private String field(String key) {
    return switch (key) {
      case OwnLayout.SOURCE -> Objects.requireNonNullElse(mapped.source(), key);
      case OwnLayout.TITLE -> Objects.requireNonNullElse(mapped.title(), key);
      default -> key;
    };
  }

  /** A word counts where the field holds it in full: its characters side by side. */
  @Override
  public @Nullable Rescoring rescoring(String question) {
    if (boost == null) {
      return null;
    }
    List<Query> each =
        analysis.questionWords(question).stream()
            .map(word ->
                Query.of(q ->
                    q.constantScore(points ->
                        points
                            .boost((float) boost.perTerm())
                            .filter(f ->
                                f.matchPhrase(phrase -> phrase.field(boost.field()).query(word))))))
            .toList();
    return new Rescoring(
        Query.of(q -> q.bool(bool -> bool.should(each))), boost.candidates(), boost.minScore());
  }

  @Override
  public List<String> fields() {
    Set<String> fields = new LinkedHashSet<>(mapped.text());
    Stream.of(mapped.title(), mapped.source()).filter(Objects::nonNull).forEach(fields::add);
    fields.addAll(mapped.metadata());
    return List.copyOf(fields);
  }

  @Override
  public Chunk chunk(Hit<ObjectNode> hit) {
    ObjectNode found = Hits.source(hit);
    String id = hit.index() + "/" + Hits.id(hit);
    String source = text(found, mapped.source());
    Map<String, String> metadata = new TreeMap<>();
    for (String field : mapped.metadata()) {
      String value = text(found, field);
      if (!value.isEmpty()) {
        metadata.put(field, value);
      }
    }
    return new Chunk(
        id,
        source.isEmpty() ? id : source,
        text(found, mapped.title()),
        mapped.text().stream()
            .map(field -> text(found, field))
            .filter(part -> !part.isBlank())
            .collect(Collectors.joining("\n")),
        metadata);
  }

  /** The value at a dotted name, written nested or with the dots in its name; several as a list. */
  private static String text(JsonNode found, @Nullable String field) {
    if (field == null) {
      return "";
    }
    JsonNode value = found.get(field);
    if (value == null) {
      value = found;
      for (String step : field.split("\\.", -1)) {
        value = value.path(step);
      }
    }
    return value.isArray()
        ? StreamSupport.stream(value.spliterator(), false)
            .map(JsonNode::asString)
            .collect(Collectors.joining(", "))
        : value.isContainer() ? value.toString() : value.asString("");
  }
}
