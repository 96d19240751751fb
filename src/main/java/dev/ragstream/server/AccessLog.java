package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Failure;
import java.util.Locale;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * One line for each request that is over, and for each question over a WebSocket: who, what, how it
 * ended and how long it took. Queries, headers and questions stay out of it, since users put keys
 * there.
 *
 * @param lines null where nobody wants them
 */
record AccessLog(@Nullable Consumer<String> lines) {

  /** The client was gone before the end. */
  static final String LEFT = "left early";

  void follow(Request request, Response response) {
    if (lines == null) {
      return;
    }
    long start = System.nanoTime();
    Request.addCompletionListener(
        request,
        failure -> {
          String ending = failure == null ? Visit.of(request).ending() : LEFT;
          line(
              Request.getRemoteAddr(request),
              request.getMethod() + " " + request.getHttpURI().getPath(),
              Integer.toString(response.getStatus()),
              start,
              ending == null ? "" : ", " + ending);
        });
  }

  /**
   * A question over a WebSocket is over.
   *
   * @param ending null where the client left before
   * @param start when it came, in nanoseconds of the system's clock
   */
  void answered(String client, Run run, @Nullable Ending ending, long start) {
    line(client, question() + ", run " + run.id(), ending == null ? LEFT : told(ending), start, "");
  }

  /** A message over a WebSocket is refused. */
  void refused(String client, Refusal refusal, long start) {
    line(client, question(), "refused: " + refusal.failure().kind().wireName(), start, "");
  }

  /** How an answer ended, in a few words. */
  static String told(Ending ending) {
    return switch (ending) {
      case Completed _ -> "completed";
      case Cancelled _ -> "cancelled";
      case Failed failed -> told(failed.failure());
    };
  }

  static String told(Failure failure) {
    return "failed: " + failure.kind().wireName();
  }

  private static String question() {
    return "WS " + SocketRoutes.PATH;
  }

  private void line(String client, String what, String ended, long start, String more) {
    if (lines != null) {
      long millis = (System.nanoTime() - start) / 1_000_000;
      lines.accept(
          String.format(Locale.ROOT, "%s %s → %s in %d ms%s", client, what, ended, millis, more));
    }
  }
}
