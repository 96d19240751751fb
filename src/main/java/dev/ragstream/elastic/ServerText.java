package dev.ragstream.elastic;

import co.elastic.clients.elasticsearch._types.ErrorCause;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes what a server said fit for a message: one line of it, without the secrets it may echo. */
record ServerText(Authorization authorization) {

  /** Long enough for the privileges that Elasticsearch lists where one is missing. */
  private static final int LONGEST = 500;

  private static final Pattern TITLE =
      Pattern.compile("<title>(.*?)</title>", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** The reason with the type in brackets, and the reason of its cause where that says more. */
  String of(ErrorCause error) {
    String reason = line(error.reason());
    String type = line(error.type());
    String because = error.causedBy() == null ? "" : line(error.causedBy().reason());
    return (reason.isEmpty() || type.isEmpty() ? reason + type : reason + " (" + type + ")")
        + (reason.contains(because) ? "" : ": " + because);
  }

  /** The title of a page, or how a body begins. */
  String ofBody(String body) {
    Matcher title = TITLE.matcher(body);
    return title.find() ? line(title.group(1)) : line(body);
  }

  /** On one line, and no longer than a message can bear. */
  String line(@Nullable String text) {
    if (text == null) {
      return "";
    }
    String line = authorization.redact(text).strip().replaceAll("\\s+", " ");
    return line.codePointCount(0, line.length()) <= LONGEST
        ? line
        : line.substring(0, line.offsetByCodePoints(0, LONGEST)) + "…";
  }
}
