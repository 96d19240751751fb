package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.mapping.Property;
import co.elastic.clients.elasticsearch._types.mapping.PropertyBase;
import co.elastic.clients.elasticsearch.indices.IndexState;
import dev.ragstream.core.TextAnalysis;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an index, or several behind one name, that somebody else filled. */
record MappedIndex(MappedFields mapped, @Nullable Boost boost, TextAnalysis analysis)
    implements OpenIndex.Reading {

  @Override
  public OpenIndex read(String name, Map<String, IndexState> found) {
    Map<String, Property> fields = fields(found.values());
    for (String field : searched()) {
      if (!isText(property(name, field, fields))) {
        throw IndexFailures.noText(name, field);
      }
    }
    Stream.concat(Stream.ofNullable(mapped.source()), mapped.metadata().stream())
        .filter(field -> !isInsideOfAnother(field, fields))
        .forEach(field -> property(name, field, fields));
    return new OpenIndex(
        Set.copyOf(found.keySet()),
        new MappedLayout(mapped, boost, analysis, vectors(name, fields)),
        null);
  }

  /** The fields that words are looked for in. */
  private List<String> searched() {
    List<String> searched = new ArrayList<>(mapped.text());
    if (mapped.title() != null) {
      searched.add(mapped.title());
    }
    if (boost != null) {
      searched.add(boost.field());
    }
    return searched;
  }

  private static Property property(String index, String field, Map<String, Property> fields) {
    Property property = fields.get(field);
    if (property == null) {
      throw IndexFailures.noSuchField(index, field, fields.keySet());
    }
    return property;
  }

  private static boolean isText(Property field) {
    return field.isText()
        || field.isMatchOnlyText()
        || field.isSearchAsYouType()
        || field.isKeyword()
        || field.isWildcard()
        || field.isAlias();
  }

  /** Some fields have parts that the mapping does not list. */
  private static boolean isInsideOfAnother(String field, Map<String, Property> fields) {
    for (int dot = field.indexOf('.'); dot > 0; dot = field.indexOf('.', dot + 1)) {
      Property above = fields.get(field.substring(0, dot));
      if (above != null
          && (above.isFlattened()
              || (above.isObject() && Boolean.FALSE.equals(above.object().enabled())))) {
        return true;
      }
    }
    return false;
  }

  private @Nullable VectorField vectors(String name, Map<String, Property> fields) {
    if (mapped.vector() == null) {
      return null;
    }
    Property field = property(name, mapped.vector(), fields);
    if (!field.isDenseVector()) {
      throw IndexFailures.noVectors(name, mapped.vector());
    }
    return VectorField.of(mapped.vector(), field.denseVector());
  }

  /** All fields by their dotted names. */
  static Map<String, Property> fields(Iterable<IndexState> indices) {
    Map<String, Property> fields = new TreeMap<>();
    for (IndexState index : indices) {
      if (index.mappings() != null) {
        collect("", index.mappings().properties(), fields);
      }
    }
    return fields;
  }

  private static void collect(
      String above, Map<String, Property> properties, Map<String, Property> fields) {
    properties.forEach((name, property) -> {
      String path = above + name;
      fields.put(path, property);
      if (property._get() instanceof PropertyBase base) {
        collect(path + ".", base.properties(), fields);
        collect(path + ".", base.fields(), fields);
      }
    });
  }
}
