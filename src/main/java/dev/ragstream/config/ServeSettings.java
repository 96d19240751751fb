package dev.ragstream.config;

import dev.ragstream.core.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How {@code ragstream serve} serves; a part of the table of {@link Settings}. */
public record ServeSettings(
    @Key(
            value = "Address to listen on; beyond this machine a `serve.token` is required.",
            standard = "127.0.0.1",
            starter = true)
        String host,
    @Key(
            value = "Port to listen on; 0: any free one.",
            standard = "5759",
            min = 0,
            max = 65_535,
            starter = true)
        int port,
    @Key(
            value =
                "A second port for the same routes, such as that of an older WebSocket service.",
            example = "8961",
            min = 0,
            max = 65_535)
        @Nullable Integer wsPort,
    @Key(
            value =
                "What `/stream` and `/ws_chat` answer with: events, or the envelopes of the older"
                    + " services.",
            standard = "native")
        Wire wire,
    @Key(
            value = "What every client has to show, as `Authorization: Bearer TOKEN`.",
            example = "${SERVE_TOKEN}")
        @Nullable Secret token,
    @Key(
            value = "Further names that clients may call this server by, in the header `Host`.",
            example = "[rag.example.com]")
        List<String> hosts,
    @Key(
            value = "Origins of pages on other servers that may ask.",
            example = "[\"http://localhost:5173\"]")
        List<URI> cors,
    @Key(
            value = "Models that a request may choose beside `llm.model`.",
            example = "[\"openai:gpt-4o-mini\"]")
        List<ModelName> models,
    @Key(
            value = "Templates that a request may choose beside `prompt.template`.",
            example = "[prompts/brief.yaml]")
        List<TemplateSource> templates,
    @Key(value = "Most passages that a request may ask for.", standard = "20", min = 1, max = 1000)
        int maxTopK,
    @Key(
            value = "Organisations by the `orgId` of a request; none: any id will do.",
            example = "{\"1\": Harbour office}")
        Map<String, String> organisations,
    @Key(
            value =
                "Metadata that holds a passage's organisation by name; set, no organisation sees"
                    + " another's passages.",
            example = "organisation")
        @Nullable String organisationField,
    @Key(
            value =
                "Trouble on purpose, for who builds a front end: `rate=20/s`, `first=3s`, `stall=N`,"
                    + " `error=N`, `cut=N`, `duplicate=N`, `split`, `429`, `503`, several between"
                    + " commas.",
            example = "\"rate=20/s,first=3s\"")
        @Nullable String rehearse,
    @Section("What one server takes upon itself.") Limits limits) {

  /** The answers of {@code /stream} and {@code /ws_chat}. */
  public enum Wire {
    NATIVE,
    CLASSIC
  }

  /** What one server takes upon itself. */
  public record Limits(
      @Key(value = "Largest body of a request.", standard = "1MB") ByteSize body,
      @Key(value = "Largest message over a WebSocket.", standard = "256KiB") ByteSize frame,
      @Key(
              value = "How many questions are answered at the same time.",
              standard = "2000",
              min = 1,
              max = 100_000)
          int runs,
      @Key(
              value = "How many questions a client may ask in a minute; not set: no limit.",
              example = "60",
              min = 1,
              max = 1_000_000)
          @Nullable Integer perMinute) {}
}
