package dev.ragstream.app;

import dev.ragstream.config.Fingerprint;
import dev.ragstream.config.RetrievalSettings;
import dev.ragstream.config.Settings;
import dev.ragstream.config.StoreSettings;
import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.elastic.Boost;
import dev.ragstream.elastic.Cluster;
import dev.ragstream.elastic.Cluster.Credentials;
import dev.ragstream.elastic.Cluster.Trust;
import dev.ragstream.elastic.ElasticChatLog;
import dev.ragstream.elastic.ElasticStore;
import dev.ragstream.elastic.MappedFields;
import dev.ragstream.lucene.WordAnalysis;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Builds what the settings want of a cluster. Where they want none, the class is not loaded. */
record Clusters(Settings settings, Surroundings surroundings) {

  /** The store in the index that the settings name. */
  ElasticStore store() {
    StoreSettings store = settings.store();
    return store.mapped() ? mapped() : own(store.index().name());
  }

  /** A store in an index of ragstream's own in the cluster. */
  ElasticStore own(String index) {
    return new ElasticStore(cluster(), index, new WordAnalysis());
  }

  /** The log of chats in the cluster. */
  ElasticChatLog chats() {
    return new ElasticChatLog(cluster(), settings.chats().index().name());
  }

  private ElasticStore mapped() {
    StoreSettings.Fields fields = settings.store().fields();
    return ElasticStore.mapped(
        cluster(),
        settings.store().index().name(),
        new MappedFields(
            fields.text(), fields.title(), fields.source(), fields.vector(), fields.metadata()),
        boost(),
        new WordAnalysis());
  }

  private @Nullable Boost boost() {
    RetrievalSettings.Boost boost = settings.retrieval().boost();
    return boost.field() == null
        ? null
        : new Boost(boost.field(), boost.perTerm(), boost.minScore(), boost.candidates());
  }

  private Cluster cluster() {
    StoreSettings store = settings.store();
    if (surroundings.offline() && !store.url().stream().allMatch(Clusters::onThisMachine)) {
      throw new FailureException(
          Failure.Kind.OFFLINE,
          "the cluster at " + store.url().getFirst() + " needs a network, and --offline forbids it",
          "leave --offline out, or use --set store.type=lucene");
    }
    return new Cluster(
        store.url(),
        credentials(store),
        trust(store),
        store.connectTimeout(),
        store.answerTimeout());
  }

  private static Credentials credentials(StoreSettings store) {
    if (store.apiKey() != null) {
      return new Credentials.ApiKey(store.apiKey());
    }
    return store.user() == null
        ? new Credentials.None()
        : new Credentials.Login(store.user(), Objects.requireNonNull(store.password()));
  }

  private static Trust trust(StoreSettings store) {
    Path file = store.caFile();
    Fingerprint fingerprint = store.caFingerprint();
    if (file != null) {
      return new Trust.OwnAuthority(file);
    }
    return fingerprint == null
        ? new Trust.KnownAuthorities()
        : new Trust.Fingerprint(fingerprint.sha256());
  }

  /** Looks no name up, since that may need a network. */
  private static boolean onThisMachine(URI address) {
    String host = address.getHost();
    if (host.equals("localhost")) {
      return true;
    }
    try {
      return InetAddress.ofLiteral(host).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
