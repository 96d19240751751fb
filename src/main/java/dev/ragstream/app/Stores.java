package dev.ragstream.app;

import dev.ragstream.config.Settings;
import dev.ragstream.core.PassageStore;
import dev.ragstream.elastic.ElasticChatLog;
import dev.ragstream.elastic.ElasticStore;
import dev.ragstream.lucene.LuceneStore;

/** Builds the store that the settings name. */
record Stores(Settings settings, Surroundings surroundings) {

  PassageStore store() {
    return switch (settings.store().type()) {
      case LUCENE -> new LuceneStore(settings.store().path());
      case ELASTICSEARCH -> clusters().store();
    };
  }

  /** A store in an index of ragstream's own in the cluster. */
  ElasticStore own(String index) {
    return clusters().own(index);
  }

  /** The log of chats in the cluster. */
  ElasticChatLog chats() {
    return clusters().chats();
  }

  private Clusters clusters() {
    return new Clusters(settings, surroundings);
  }
}
