package dev.ragstream.config;

import dev.ragstream.core.Retrieval.Mode;
import dev.ragstream.core.Secret;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that can be set, with its default, its limits and its description. This is the one
 * table: reading, checking, the file that {@code init} writes and the reference page all follow it,
 * so that a new setting is one new component here.
 *
 * @param projectFolder the folder of the project's settings file, else the working folder; absolute
 * @param given for each setting's dotted name, in the order of this table, what was written where
 */
public record Settings(
    @Section("Where the index lives.") Store store,
    @Section("How text becomes vectors. A change needs a new index: `ragstream index --rebuild`.")
        Embedding embedding,
    @Section("How documents are cut into chunks, in tokens of the embedding model.")
        Chunking chunking,
    @Section("Which documents are read, and how.") Ingest ingest,
    @Section("How passages are found.") Retrieval retrieval,
    @Section("How the prompt is built.") PromptSettings prompt,
    @Section("Which model answers. Documents leave the machine only when one is named here.")
        Llm llm,
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

  /** Where the index lives. */
  public record Store(
      @Key(value = "Kind of store.", standard = "lucene") Type type,
      @Key(value = "Folder of the index.", standard = ".ragstream/index", starter = true)
          Path path) {

    /** Kind of store. */
    public enum Type {
      LUCENE
    }
  }

  /** How text becomes vectors. */
  public record Embedding(
      @Key(
              value =
                  "Embedding model, in process: `bge-small-en`, `bge-small-zh` (Chinese),"
                      + " `all-minilm-l6` (fastest) or `e5-small`.",
              standard = "bge-small-en",
              starter = true)
          String model,
      @Key(
              value = "Whether vectors are kept, so that a text is embedded only once.",
              standard = "true")
          boolean cache) {}

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
          double minScore) {

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
                  "`extractive` (the best sentences of the passages, in process) or `openai:NAME`"
                      + " (any server that speaks OpenAI's chat completions).",
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
              value = "How freely the model words its answer; not set: the server's own default.",
              example = "0.2",
              min = 0,
              max = 2)
          @Nullable Double temperature,
      @Key(
              value = "Longest answer in tokens; not set: the server's own default.",
              example = "1024",
              min = 1,
              max = 2_000_000)
          @Nullable Integer maxTokens,
      @Key(
              value = "Further headers for the model's server.",
              example = "{X-Team: \"${TEAM_TOKEN}\"}")
          Map<String, Secret> headers,
      @Key(value = "How long a connection may take.", standard = "10s") Duration connectTimeout,
      @Key(value = "How long the server may be silent.", standard = "120s") Duration idleTimeout) {}
}
