package dev.ragstream.config;

import dev.ragstream.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How text becomes vectors; a part of the table of {@link Settings}. */
public record EmbeddingSettings(
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
    @Key(value = "How many texts one request holds at most.", standard = "64", min = 1, max = 2048)
        int batchSize,
    @Key(
            value = "How many requests run at the same time while documents are indexed.",
            standard = "4",
            min = 1,
            max = 64)
        int concurrency,
    @Key(value = "How long a connection may take.", standard = "10s") Duration connectTimeout,
    @Key(value = "How long the server may be silent.", standard = "60s") Duration idleTimeout) {}
