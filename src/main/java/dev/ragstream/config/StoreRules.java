package dev.ragstream.config;

import dev.ragstream.core.Retrieval.Mode;

/** What the settings of an Elasticsearch cluster must fulfil together. */
record StoreRules(Settings settings, Problems problems) {

  void check() {
    boolean passages = store().type() == StoreSettings.Type.ELASTICSEARCH;
    boolean chats = settings.chats().store() == Settings.Chats.Store.ELASTICSEARCH;
    if (passages || chats) {
      address(passages ? "store.type" : "chats.store");
      credentials();
      trust();
    }
    if (passages) {
      fields();
    }
    boost();
  }

  private StoreSettings store() {
    return settings.store();
  }

  private void address(String who) {
    if (store().url().isEmpty()) {
      add(who, "has no address to go to", "set store.url, for example to http://localhost:9200");
    }
  }

  private void credentials() {
    boolean user = store().user() != null;
    boolean password = store().password() != null;
    if (store().apiKey() != null && (user || password)) {
      add(
          "store.apiKey",
          "excludes %s, as one of them is enough".formatted(user ? "store.user" : "store.password"),
          "keep the API key, or the user with the password");
    } else if (user && !password) {
      add("store.user", "has no password", "set store.password, best to ${ELASTICSEARCH_PASSWORD}");
    } else if (password && !user) {
      add("store.password", "has no user", "set store.user, for example to elastic");
    }
  }

  private void trust() {
    boolean file = store().caFile() != null;
    boolean fingerprint = store().caFingerprint() != null;
    if (file && fingerprint) {
      add(
          "store.caFile",
          "excludes store.caFingerprint, as one of them is enough",
          "keep one of the two");
    } else if (file || fingerprint) {
      String name = file ? "store.caFile" : "store.caFingerprint";
      store().url().stream()
          .filter(url -> !"https".equals(url.getScheme()))
          .findFirst()
          .ifPresent(url ->
              add(
                  name,
                  "is about certificates, and %s has none".formatted(url),
                  "begin store.url with https, or leave %s out".formatted(name)));
    }
  }

  private void fields() {
    StoreSettings.Fields fields = store().fields();
    if (!store().mapped()) {
      String text = "set store.fields.text, for example to [answer]";
      String problem = "is for an index that somebody else filled, and its text has no field";
      if (fields.title() != null) {
        add("store.fields.title", problem, text);
      } else if (fields.source() != null) {
        add("store.fields.source", problem, text);
      } else if (fields.vector() != null) {
        add("store.fields.vector", problem, text);
      } else if (!fields.metadata().isEmpty()) {
        add("store.fields.metadata", problem, text);
      }
    } else if (store().wordsAlone() && settings.retrieval().mode() == Mode.VECTOR) {
      add(
          "retrieval.mode",
          "cannot be vector, as the index has no field for vectors",
          "set store.fields.vector, or retrieval.mode to lexical");
    }
  }

  private void boost() {
    if (settings.retrieval().boost().field() != null && !store().mapped()) {
      add(
          "retrieval.boost.field",
          "is for an Elasticsearch index that somebody else filled",
          "set store.type to elasticsearch and store.fields.text, or leave retrieval.boost out");
    }
  }

  private void add(String name, String problem, String remedy) {
    problems.add(settings.origin(name), name + " " + problem, remedy);
  }
}
