package dev.ragstream.config;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Retrieval.Mode;
import dev.ragstream.core.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, with its default, its limits and its description. This is the one
 * table: reading, checking, the file that {@code init} writes and the reference page all follow it,
 * so that a new setting is one new component here.
 *
 * @param files the settings files that were read, as people are shown them; a later one wins
 * @param projectFolder the folder of the project's settings file, else the working folder; absolute
 * @param given for each setting's dotted name, in the order of this table, what was written where
 */
public record Settings(
    @Section("Where the index lives: in a folder, or in an Elasticsearch cluster.")
        StoreSettings store,
    @Section("How text becomes vectors. A change needs a new index: `ragstream index --rebuild`.")
        Embedding embedding,
    @Section("How documents are cut into chunks, in tokens of the embedding model.")
        Chunking chunking,
    @Section("Which documents are read, and how.") Ingest ingest,
    @Section("How passages are found.") Retrieval retrieval,
    @Section("How the prompt is built.") PromptSettings prompt,
    @Section("Which model answers. No model on a server is sent anything unless it is named here.")
        Llm llm,
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

  /** How text becomes vectors. */
  public record Embedding(
      @Key(
              value =
                  "Embedding model, in process: `bge-small-en`, `bge-small-zh` (Chinese),"
                      + " `all-minilm-l6` (fastest) or `e5-small`; or on a server: `openai:NAME`"
                      + " (any that speaks OpenAI's embeddings) or `ollama:NAME`.",
              standard = "bge-small-en",
              starter = true)
          EmbedderName model,
      @Key(
              value = "Whether vectors are kept, so that a text is embedded only once.",
              standard = "true")
          boolean cache,
      @Key(
              value = "Address of the embedding model's server; this and all below is for servers.",
              example = "http://localhost:8080/v1")
          @Nullable URI baseUrl,
      @Key(
              value = "Key of the server, best taken from the environment.",
              example = "${OPENAI_API_KEY}")
          @Nullable Secret apiKey,
      @Key(value = "Further headers for the server.", example = "{X-Team: \"${TEAM_TOKEN}\"}")
          Map<String, Secret> headers,
      @Key(
              value =
                  "Length of the vectors to ask the server for, where its model offers several;"
                      + " by itself it takes the model's own.",
              example = "512",
              min = 1,
              max = 65_536)
          @Nullable Integer dimensions,
      @Key(
              value =
                  "How many tokens the model on the server reads. A fifth of it is kept free, as"
                      + " its tokens are estimated by those of OpenAI's models.",
              standard = "512",
              min = 32,
              max = 1_000_000)
          int maxTokens,
      @Key(
              value = "What the model on the server wants before a question, blanks included.",
              example = "\"query: \"")
          @Nullable Verbatim questionPrefix,
      @Key(value = "What it wants before a passage.", example = "\"passage: \"")
          @Nullable Verbatim passagePrefix,
      @Key(
              value = "How many texts one request holds at most.",
              standard = "64",
              min = 1,
              max = 2048)
          int batchSize,
      @Key(
              value = "How many requests run at the same time while documents are indexed.",
              standard = "4",
              min = 1,
              max = 64)
          int concurrency,
      @Key(value = "How long a connection may take.", standard = "10s") Duration connectTimeout,
      @Key(value = "How long the server may be silent.", standard = "60s") Duration idleTimeout) {}

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

  /** How passages are found. */
  public record Retrieval(
      @Key(
              value = "By words (BM25) and by nearness of vectors, fused, or by one of them.",
              standard = "hybrid")
          Mode mode,
      @Key(
              value = "How many passages the prompt may hold.",
              standard = "5",
              min = 1,
              max = 1000,
              starter = true)
          int topK,
      @Key(
              value =
                  "How many passages each ranking contributes before they are fused; at least"
                      + " twice `retrieval.topK` is used, whatever stands here.",
              standard = "50",
              min = 1,
              max = 10_000)
          int candidates,
      @Key(
              value =
                  "Passages that score less stay out of the prompt; 0: no limit. The scale is the"
                      + " mode's: hybrid at most 0.033, vector a cosine up to 1, lexical BM25,"
                      + " which has no upper end.",
              standard = "0",
              min = 0)
          double minScore,
      @Section(
              "A server that reads each of the best passages together with the question, and decides"
                  + " on their order. None is asked unless its address is named here.")
          Rerank rerank,
      @Section(
              "A second look at the best hits of an index that somebody else filled: they gain for"
                  + " every word of the question that one field holds.")
          Boost boost) {

    /** A server that puts passages in order; none where no address is named. */
    public record Rerank(
        @Key(value = "Whole address of its resource.", example = "http://localhost:8080/rerank")
            @Nullable URI url,
        @Key(value = "Model, as the server calls it.", example = "BAAI/bge-reranker-v2-m3")
            @Nullable String model,
        @Key(
                value = "Key of the server, best taken from the environment.",
                example = "${RERANK_API_KEY}")
            @Nullable Secret apiKey,
        @Key(value = "Further headers for the server.", example = "{X-Team: \"${TEAM_TOKEN}\"}")
            Map<String, Secret> headers,
        @Key(
                value =
                    "How many of the best passages it reads; at least twice `retrieval.topK` where a"
                        + " prompt is built.",
                standard = "30",
                min = 1,
                max = 1000)
            int candidates,
        @Key(
                value =
                    "What it speaks: `cohere` (Jina, vLLM and llama.cpp too) or `tei`"
                        + " (text-embeddings-inference).",
                standard = "cohere")
            Style style,
        @Key(value = "How long a connection may take.", standard = "10s") Duration connectTimeout,
        @Key(value = "How long the server may be silent.", standard = "30s") Duration idleTimeout) {

      /** The shape of requests and answers. */
      public enum Style {
        COHERE,
        TEI
      }
    }

    /** A second look at the best hits; none where no field is named. */
    public record Boost(
        @Key(
                value =
                    "Field that is looked at, such as the question of a question-and-answer index.",
                example = "question")
            @Nullable String field,
        @Key(value = "What a word is worth.", standard = "7", min = 0) double perTerm,
        @Key(value = "Hits that score less after that are left out.", standard = "25", min = 0)
            double minScore,
        @Key(
                value = "How many of the best hits are looked at.",
                standard = "1000",
                min = 1,
                max = 10_000)
            int candidates) {}

    /** Raises {@code candidates} to twice {@code topK}: near misses are part of the answer. */
    public Retrieval {
      candidates = Math.max(candidates, 2 * topK);
    }
  }

  /** How the prompt is built. */
  public record PromptSettings(
      @Key(
              value = "Template: `default`, or a file (a value with a `/` or a `.` in it).",
              standard = "default")
          TemplateSource template,
      @Key(
              value = "Tokens that prompt and answer share.",
              standard = "4096",
              min = 64,
              max = 2_000_000,
              starter = true)
          int budget,
      @Key(
              value = "Tokens of `prompt.budget` that are kept for the answer.",
              standard = "1024",
              min = 0,
              max = 2_000_000)
          int reserve,
      @Key(value = "Which encoding counts the tokens.", standard = "o200k_base")
          TokenEncoding tokens) {

    /** How a chat model's tokens are counted. */
    public enum TokenEncoding {
      O200K_BASE,
      CL100K_BASE
    }
  }

  /** Which model answers. */
  public record Llm(
      @Key(
              value =
                  "`extractive` (the best sentences of the passages, in process), `openai:NAME` (any"
                      + " server that speaks OpenAI's chat completions), `deepseek:NAME`,"
                      + " `anthropic:NAME`, `gemini:NAME`, `ollama:NAME`, `custom:NAME` (a server that"
                      + " `llm.request` and `llm.response` describe) or `replay:FILE` (a cassette).",
              standard = "extractive",
              starter = true)
          ModelName model,
      @Key(value = "Address of the model's server.", example = "http://localhost:8000/v1")
          @Nullable URI baseUrl,
      @Key(
              value = "Key of the model's server, best taken from the environment.",
              example = "${OPENAI_API_KEY}")
          @Nullable Secret apiKey,
      @Key(
              value =
                  "Where a model may think inside its text: `tags` (the text begins with `<think>`),"
                      + " `open` (it begins thinking, with or without that tag), `none`, or `auto`"
                      + " (`tags`; for reasoning models such as deepseek-r1 the tag may be missing,"
                      + " and the text is held until `</think>` tells what it was).",
              standard = "auto")
          Thinking thinking,
      @Key(
              value = "Further headers for the model's server.",
              example = "{X-Team: \"${TEAM_TOKEN}\"}")
          Map<String, Secret> headers,
      @Key(
              value =
                  "HTTP proxy on the way to the model's server; not set: `HTTPS_PROXY` or"
                      + " `HTTP_PROXY`, unless `NO_PROXY` names the server.",
              example = "http://proxy.example:3128")
          @Nullable URI proxy,
      @Key(value = "How long a connection may take.", standard = "10s") Duration connectTimeout,
      @Key(value = "How long the answer may be awaited.", standard = "120s")
          Duration firstTokenTimeout,
      @Key(value = "How long the server may be silent within it.", standard = "120s")
          Duration idleTimeout,
      @Key(
              value =
                  "The body that a `custom:` model is asked with, as a Mustache template of JSON;"
                      + " every value stands between quotation marks. It knows `model`, `system`,"
                      + " `prompt` (all but the system text), `messages` with `role` and `content`,"
                      + " and `temperature`, `topP`, `maxTokens`, `seed` where they are set.",
              example = "'{\"input\": \"{{prompt}}\", \"stream\": true}'")
          @Nullable String request,
      @Section("How the model words its answer; what is not set is left to its server.")
          Options options,
      @Section("Where the answer of a `custom:` model stands, as JSON pointers.")
          Response response) {

    /**
     * The same with another model; what is for its server stays behind where it has another
     * provider.
     */
    public Llm with(ModelName other) {
      boolean same = other.provider() == model.provider();
      return new Llm(
          other,
          same ? baseUrl : null,
          same ? apiKey : null,
          thinking,
          same ? headers : Map.of(),
          same ? proxy : null,
          connectTimeout,
          firstTokenTimeout,
          idleTimeout,
          same ? request : null,
          options,
          response);
    }

    /** How a model words its answer. */
    public record Options(
        @Key(value = "How freely it words its answer.", example = "0.2", min = 0, max = 2)
            @Nullable Double temperature,
        @Key(
                value = "The share of likeliest words that it draws from.",
                example = "0.9",
                min = 0,
                max = 1)
            @Nullable Double topP,
        @Key(value = "Longest answer in tokens.", example = "1024", min = 1, max = 2_000_000)
            @Nullable Integer maxTokens,
        @Key(value = "Makes answers repeatable, where the server knows how.", example = "7")
            @Nullable Integer seed,
        @Key(value = "Texts before which the answer ends.", example = "[END]") List<String> stop,
        @Key(
                value =
                    "Further fields of the request as the provider names them; a value that is JSON"
                        + " is sent as such, and null leaves a field out.",
                example = "{top_k: 40}")
            Map<String, String> more) {}

    /** Where a model may think inside its text. */
    public enum Thinking {
      AUTO,
      TAGS,
      OPEN,
      NONE
    }

    /** Where the answer of a server stands. */
    public record Response(
        @Key(
                value = "How the answer is cut: server-sent events, or a line of JSON each.",
                standard = "sse")
            Framing frames,
        @Key(value = "A piece of the answer.", example = "/delta/text") @Nullable JsonPointer text,
        @Key(value = "A piece of the reasoning.", example = "/delta/thinking")
            @Nullable JsonPointer reasoning,
        @Key(
                value =
                    "What says that the answer is whole: true, or the reason as a text; not set:"
                        + " `data: [DONE]` alone.",
                example = "/finish_reason")
            @Nullable JsonPointer end,
        @Key(value = "How many tokens the server read.", example = "/usage/input")
            @Nullable JsonPointer promptTokens,
        @Key(value = "How many tokens it wrote.", example = "/usage/output")
            @Nullable JsonPointer completionTokens) {}

    /** How an answer is cut. */
    public enum Framing {
      SSE,
      LINES
    }
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
