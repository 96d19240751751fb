package dev.ragstream.cli;

import dev.ragstream.ingest.IndexEvent;
import dev.ragstream.ingest.IndexEvent.Outcome;
import dev.ragstream.ingest.IndexEvent.Progress;
import dev.ragstream.ingest.IndexEvent.Settled;
import dev.ragstream.ingest.Report;
import dev.ragstream.render.JsonText;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Index events as JSON lines: one {@code file} each, one {@code report} at the end. */
final class IndexJson {

  private IndexJson() {}

  /** The event on one line; nothing for progress. */
  static Optional<String> line(IndexEvent event) {
    return switch (event) {
      case Progress _ -> Optional.empty();
      case Settled(String source, Outcome outcome) ->
          Optional.of(JsonText.line(file(source, outcome)));
      case Report report -> Optional.of(JsonText.line(report(report)));
    };
  }

  private static ObjectNode file(String source, Outcome outcome) {
    ObjectNode node = type("file").put("source", source);
    switch (outcome) {
      case Outcome.Indexed indexed -> {
        node.put("outcome", "indexed")
            .put("chunks", indexed.chunks())
            .put("replaced", indexed.replaced());
        if (!indexed.warnings().isEmpty()) {
          ArrayNode warnings = node.putArray("warnings");
          indexed.warnings().forEach(warnings::add);
        }
      }
      case Outcome.Unchanged() -> node.put("outcome", "unchanged");
      case Outcome.Skipped(String reason) -> node.put("outcome", "skipped").put("reason", reason);
      case Outcome.Failed failed ->
          node.put("outcome", "failed")
              .put("reason", failed.failure().problem())
              .put("remedy", failed.failure().remedy());
      case Outcome.Removed() -> node.put("outcome", "removed");
    }
    return node;
  }

  private static ObjectNode report(Report report) {
    return type("report")
        .put("indexed", report.indexed())
        .put("unchanged", report.unchanged())
        .put("skipped", report.skipped())
        .put("failed", report.failed())
        .put("removed", report.removed())
        .put("chunks", report.chunks())
        .put("millis", report.took().toMillis())
        .put("interrupted", report.interrupted())
        .put("dryRun", report.dryRun());
  }

  private static ObjectNode type(String name) {
    return JsonNodeFactory.instance.objectNode().put("type", name);
  }
}
