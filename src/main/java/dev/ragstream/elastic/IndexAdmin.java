package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.Time;
import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import co.elastic.clients.elasticsearch.indices.IndexSettings;
import co.elastic.clients.elasticsearch.indices.get_alias.IndexAliases;
import co.elastic.clients.elasticsearch.indices.update_aliases.Action;
import co.elastic.clients.json.JsonData;
import dev.ragstream.core.EmbeddingModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes, shows and removes the indices behind an alias. Readers ask the alias. While an index is
 * written to, the alias has a filter that leaves out what is not committed yet.
 */
record IndexAdmin(Connection connection, String alias) {

  private static final Pattern NUMBERED = Pattern.compile("(.*)-(\\d{6,9})");

  /** The name of the first index behind the alias. */
  String first() {
    return numbered(1);
  }

  /** The name of the index that will take the place of another one. */
  String after(String index) {
    Matcher name = NUMBERED.matcher(index);
    return name.matches() && name.group(1).equals(alias)
        ? numbered(Integer.parseInt(name.group(2)) + 1)
        : first();
  }

  private String numbered(int number) {
    return "%s-%06d".formatted(alias, number);
  }

  /**
   * Makes an empty index.
   *
   * @param shown through the alias from the first moment on
   */
  void create(String index, EmbeddingModel model, boolean shown) {
    connection.call(client ->
        client
            .indices()
            .create(create -> {
              create.index(index).settings(settings()).mappings(OwnLayout.mapping(model));
              return shown ? create.aliases(alias, behind -> behind) : create;
            }));
  }

  /**
   * A second copy wherever there is a node for it. Changes become visible when that is asked for,
   * and never in between.
   */
  private static IndexSettings settings() {
    return IndexSettings.of(settings ->
        settings
            .numberOfShards("1")
            .autoExpandReplicas("0-1")
            .refreshInterval(Time.of(time -> time.time("-1")))
            .similarity(
                OwnLayout.SIMILARITY, similarity -> similarity.bm25(bm25 -> bm25.k1(0.9).b(0.4))));
  }

  /** Removes an index if there is one. */
  void remove(String index) {
    connection.call(
        client -> client.indices().delete(delete -> delete.index(index).ignoreUnavailable(true)));
  }

  /**
   * Shows an index through the alias, in one step.
   *
   * @param generation the newest that is shown; null: everything
   * @param replaced is removed in the same step; null: nothing
   */
  void show(String index, @Nullable Long generation, @Nullable String replaced) {
    List<Action> actions = new ArrayList<>();
    actions.add(
        Action.of(action ->
            action.add(add -> {
              add.index(index).alias(alias);
              return generation == null ? add : add.filter(upTo(generation));
            })));
    if (replaced != null) {
      actions.add(Action.of(action -> action.removeIndex(remove -> remove.index(replaced))));
    }
    connection.call(client -> client.indices().updateAliases(update -> update.actions(actions)));
  }

  private static Query upTo(long generation) {
    return Query.of(q ->
        q.range(range ->
            range.untyped(r -> r.field(OwnLayout.GENERATION).lte(JsonData.of(generation)))));
  }

  /** Whether the alias leaves something of the index out. */
  boolean isPartlyHidden(String index) {
    Map<String, IndexAliases> found =
        connection
            .call(client -> client.indices().getAlias(get -> get.index(index).name(alias)))
            .aliases();
    return found.values().stream()
        .flatMap(behind -> behind.aliases().values().stream())
        .anyMatch(definition -> definition.filter() != null);
  }
}
