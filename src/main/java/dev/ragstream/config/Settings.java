package dev.ragstream.config;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.ProxyAddress;
import dev.ragstream.core.Secret;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, with its default, its limits and its description. This is the one
 * table: reading, checking, the file that {@code init} writes and the reference page all follow it,
 * so that a new setting is one new component here or in the record of its section.
 *
 * @param files the settings files that were read, as people are shown them; a later one wins
 * @param projectFolder the folder of the project's settings file, else the working folder; absolute
 * @param given for each setting's dotted name, in the order of this table, what was written where
 */
public record Settings(
    @Section("Where the index lives: in a folder, or in an Elasticsearch cluster.")
        StoreSettings store,
    @Section("How text becomes vectors. A change needs a new index: `ragstream index --rebuild`.")
        EmbeddingSettings embedding,
    @Section("How documents are cut into chunks, in tokens of the embedding model.")
        Chunking chunking,
    @Section("Which documents are read, and how.") Ingest ingest,
    @Section("How passages are found.") RetrievalSettings retrieval,
    @Section("How the prompt is built.") PromptSettings prompt,
    @Section("Which model answers. No model on a server is sent anything unless it is named here.")
        LlmSettings llm,
    @Section("What is kept of the questions that were asked, for `ragstream log`.") Journal journal,
    @Section("Where the chats of a front end's users are kept.") Chats chats,
    @Section("How `ragstream chat` converses.") Chat chat,
    @Section("How answers are shown to people.") Output output,
    @Section("How cassettes are played, which `ragstream ask --record FILE` records.")
        Replay replay,
    @Section("How `ragstream serve` serves.") ServeSettings serve,
    List<String> files,
    Path projectFolder,
    Map<String, Given> given) {

  /**
   * What a setting is set to and where.
   *
   * @param value as it was written, with secrets left out; empty: not set
   */
  public record Given(String value, Origin origin) {}

  /**
   * Where a setting's value was written.
   *
   * @param name dotted: {@code retrieval.topK}
   * @throws IllegalArgumentException where there is no such setting
   */
  public Origin origin(String name) {
    Given found = given.get(name);
    if (found == null) {
      throw new IllegalArgumentException("no setting is called " + name);
    }
    return found.origin();
  }

  /** Every secret that is set. */
  public List<Secret> secrets() {
    RetrievalSettings.Rerank rerank = retrieval.rerank();
    ProxyAddress proxy = llm.proxy();
    return Stream.of(
            set(llm.apiKey()),
            set(embedding.apiKey()),
            set(rerank.apiKey()),
            set(store.apiKey()),
            set(store.password()),
            set(serve.token()),
            llm.headers().values().stream(),
            embedding.headers().values().stream(),
            rerank.headers().values().stream(),
            proxy == null ? Stream.<Secret>empty() : proxy.secrets().stream())
        .flatMap(Function.identity())
        .toList();
  }

  private static Stream<Secret> set(@Nullable Secret secret) {
    return secret == null ? Stream.empty() : Stream.of(secret);
  }

  /**
   * What is given beneath a name.
   *
   * @param name dotted, of a setting or of a section
   * @throws FailureException of kind {@code USAGE} where there is neither
   */
  public Map<String, Given> givenBeneath(String name) {
    Map<String, Given> beneath = new LinkedHashMap<>();
    given.forEach((each, value) -> {
      if (each.equals(name) || each.startsWith(name + ".")) {
        beneath.put(each, value);
      }
    });
    if (beneath.isEmpty()) {
      throw new FailureException(
          Failure.Kind.USAGE,
          "no setting and no section is called '" + name + "'",
          SettingTable.hint(name));
    }
    return beneath;
  }

  /** How documents are cut into chunks. */
  public record Chunking(
      @Key(value = "Largest size of a chunk.", standard = "256", min = 16, max = 480) int size,
      @Key(
              value =
                  "How much of a chunk is said again in the next one; at most half of"
                      + " `chunking.size`.",
              standard = "32",
              min = 0,
              max = 240)
          int overlap) {}

  /** Which documents are read, and how. */
  public record Ingest(
      @Key(
              value = "Globs of the files to read; none: every file of a known format.",
              example = "[\"**/*.md\", \"**/*.pdf\"]")
          List<String> include,
      @Key(value = "Globs of files to leave out.", example = "[\"drafts/**\"]")
          List<String> exclude,
      @Key(value = "Larger files are skipped and reported.", standard = "256MB")
          ByteSize maxFileSize,
      @Section("Which fields of a CSV or JSONL row mean what.") Fields fields) {

    /** Which fields of a CSV or JSONL row mean what. */
    public record Fields(
        @Key(
                value = "Fields that make up the text; none: they are recognised by their names.",
                example = "[question, answer]")
            List<String> text,
        @Key(value = "Field that holds the title.", example = "question") @Nullable String title,
        @Key(value = "Field that tells rows apart.", example = "id") @Nullable String id) {}
  }

  /** What is kept of the questions that were asked. */
  public record Journal(
      @Key(value = "Whether every run is kept, in `.ragstream/journal.db`.", standard = "true")
          boolean enabled,
      @Key(
              value = "How many runs are kept, the newest ones; not set: all.",
              example = "1000",
              min = 1,
              max = 100_000_000)
          @Nullable Integer keep) {}

  /** Where the chats of a front end's users are kept. */
  public record Chats(
      @Key(
              value =
                  "In the `journal` beside the index, or in a cluster: the one of `store.url`, with"
                      + " the other settings of its connection.",
              standard = "journal")
          Store store,
      @Key(value = "Name of the index of chats in the cluster.", standard = "oa_history")
          IndexName index) {

    /** Kind of store. */
    public enum Store {
      JOURNAL,
      ELASTICSEARCH
    }
  }

  /** How {@code ragstream chat} converses. */
  public record Chat(
      @Key(
              value =
                  "What a question that follows others is looked for by: `model` has the model word it"
                      + " anew, so that it stands for itself; `terms` adds words of the questions"
                      + " before where it seems to refer to them (as `model` does without a model on"
                      + " a server); `off` takes it as it is.",
              standard = "model")
          FollowUps followUps) {

    /** What a question that follows others is looked for by. */
    public enum FollowUps {
      OFF,
      TERMS,
      MODEL
    }
  }

  /** How answers are shown to people. */
  public record Output(
      @Key(
              value =
                  "Whether Markdown in answers is shown as headings, lists, tables and so on where"
                      + " they go to a terminal with colours.",
              standard = "true")
          boolean markdown) {}

  /** How cassettes are played. */
  public record Replay(
      @Key(
              value =
                  "Which recorded run answers: `exact` looks for passages anew and wants the very"
                      + " request that was recorded; `question` wants the same question only, takes"
                      + " the recorded passages and needs no index.",
              standard = "exact")
          Match match,
      @Key(value = "How fast the answer comes.", standard = "max") ReplaySpeed speed) {

    /** Which recorded run answers. */
    public enum Match {
      EXACT,
      QUESTION
    }
  }
}
