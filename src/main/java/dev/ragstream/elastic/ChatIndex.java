package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.ElasticsearchException;
import co.elastic.clients.elasticsearch._types.mapping.Property;
import co.elastic.clients.elasticsearch.indices.get_mapping.IndexMappingRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Makes and looks at the index of chats. */
final class ChatIndex {

  /** So the cluster says that somebody else was faster. */
  private static final String EXISTS = "resource_already_exists_exception";

  private ChatIndex() {}

  /** Makes the index where there is none. */
  static void create(Connection connection, String index) {
    connection.call(client -> {
      if (client.indices().exists(exists -> exists.index(index)).value()) {
        return index;
      }
      try {
        client
            .indices()
            .create(create ->
                create
                    .index(index)
                    .mappings(ChatLayout.mapping())
                    .settings(settings -> settings.numberOfShards("1").autoExpandReplicas("0-1")));
      } catch (ElasticsearchException e) {
        if (!EXISTS.equals(e.error().type())) {
          throw e;
        }
      }
      return index;
    });
  }

  /** Empty where there is no index, or no message was ever in it. */
  static Optional<ChatLayout> layout(Connection connection, String index) {
    Map<String, IndexMappingRecord> mappings =
        connection
            .call(client ->
                client.indices().getMapping(get -> get.index(index).ignoreUnavailable(true)))
            .mappings();
    Map<String, Property> fields = new HashMap<>();
    mappings.values().forEach(mapping -> fields.putAll(mapping.mappings().properties()));
    return Optional.of(new ChatLayout(Map.copyOf(fields))).filter(ChatLayout::isComplete);
  }
}
