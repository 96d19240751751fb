package dev.ragstream.server;

import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Ending;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.Failure;
import io.javalin.http.Context;
import java.util.Objects;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one request, as far as its status does not tell: which route took it, and how an
 * answer ended whose status had gone by then.
 */
final class Visit {

  private static final String ATTRIBUTE = Visit.class.getName();

  private volatile String route = "other";
  private volatile @Nullable Outcome ended;
  private volatile @Nullable String ending;

  /** How a request fared; the metrics spell it in lower case. */
  enum Outcome {
    OK,
    /** The client asked for what it may not have. */
    REFUSED,
    /** The server, or the model's one, failed. */
    FAILED,
    CANCELLED,
    /** The client was gone before the end. */
    LEFT
  }

  static Visit begin(Request request) {
    Visit visit = new Visit();
    request.setAttribute(ATTRIBUTE, visit);
    return visit;
  }

  static Visit of(Request request) {
    return (Visit) Objects.requireNonNull(request.getAttribute(ATTRIBUTE));
  }

  static Visit of(Context ctx) {
    return (Visit) Objects.requireNonNull(ctx.req().getAttribute(ATTRIBUTE));
  }

  /**
   * Notes the route.
   *
   * @param template the path as the route has it, so that there are only so many
   */
  void at(String template) {
    route = template;
  }

  /** Notes how the answer ended. */
  void ended(Ending reached) {
    ending = reached instanceof Completed ? null : AccessLog.told(reached);
    ended =
        switch (reached) {
          case Completed _ -> Outcome.OK;
          case Cancelled _ -> Outcome.CANCELLED;
          case Failed _ -> Outcome.FAILED;
        };
  }

  /** Notes that the client was gone before the answer's end. */
  void left() {
    ending = AccessLog.LEFT;
    ended = Outcome.LEFT;
  }

  /** Notes a failure of which the status says nothing, or not enough. */
  void failed(Failure failure) {
    ending = AccessLog.told(failure);
  }

  /** How it ended in words, where its status does not tell; else null. */
  @Nullable String ending() {
    return ending;
  }

  String route() {
    return route;
  }

  /**
   * How it fared.
   *
   * @param status of the response
   * @param whole whether the response was sent to its end
   */
  Outcome outcome(int status, boolean whole) {
    Outcome known = ended;
    if (known != null) {
      return known;
    }
    if (!whole) {
      return Outcome.LEFT;
    }
    return status < 400 ? Outcome.OK : status < 500 ? Outcome.REFUSED : Outcome.FAILED;
  }
}
