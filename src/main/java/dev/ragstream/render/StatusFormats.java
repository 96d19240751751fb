package dev.ragstream.render;

import dev.ragstream.core.StoreStatus;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The formats of {@code ragstream status}. */
public final class StatusFormats {

  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

  private StatusFormats() {}

  /** For people. */
  public static String text(StoreStatus status) {
    return """
    index      %s
    documents  %d
    chunks     %d
    embedding  %s
    size       %s
    last run   %s
    """
        .formatted(
            TerminalText.oneLine(status.location()),
            status.documents(),
            status.chunks(),
            status.model() == null
                ? unknown(status, "none yet")
                : TerminalText.oneLine(status.model().toString()),
            size(status.bytes()),
            status.lastCommit() == null
                ? unknown(status, "never")
                : MINUTES.format(status.lastCommit()));
  }

  /** An index that somebody else filled does not say everything. */
  private static String unknown(StoreStatus status, String whereEmpty) {
    return status.chunks() == 0 ? whereEmpty : "not known";
  }

  /** One object. */
  public static String json(StoreStatus status) {
    ObjectNode node =
        JsonNodeFactory.instance
            .objectNode()
            .put("index", status.location())
            .put("documents", status.documents())
            .put("chunks", status.chunks())
            .put("bytes", status.bytes());
    if (status.model() != null) {
      node.putObject("embedding")
          .put("model", status.model().name())
          .put("dimensions", status.model().dimensions());
    }
    if (status.lastCommit() != null) {
      node.put("lastRun", status.lastCommit().toString());
    }
    return JsonText.pretty(node);
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
