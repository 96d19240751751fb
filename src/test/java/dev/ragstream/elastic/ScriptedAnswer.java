package dev.ragstream.elastic;

/** Answers of servers, byte by byte. */
final class ScriptedAnswer {

  static final String ELASTIC = "X-Elastic-Product: Elasticsearch\r\n";
  static final String JSON = "Content-Type: application/json\r\n";
  static final String HTML = "Content-Type: text/html\r\n";

  private ScriptedAnswer() {}

  /** A body of Elasticsearch's form; without a reason where that is empty. */
  static String error(String type, String reason, int status) {
    return """
    {"error": {"root_cause": [], "type": "%s", "reason": %s}, "status": %d}\
    """
        .formatted(
            type,
            reason.isEmpty()
                ? "null"
                : '"' + reason.replace("\n", "\\n").replace("\t", "\\t") + '"',
            status);
  }

  /**
   * A whole answer.
   *
   * @param headers each with its line break
   * @param body in ASCII
   */
  static String answer(int status, String headers, String body) {
    return "HTTP/1.1 %d Status\r\n%sContent-Length: %d\r\n\r\n%s"
        .formatted(status, headers, body.length(), body);
  }
}
