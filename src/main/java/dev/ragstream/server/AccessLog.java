package dev.ragstream.server;

import java.util.Locale;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.jspecify.annotations.Nullable;

/**
 * One line for each request that is over: who, what, the status and how long it took. Queries and
 * headers stay out of it, since users put keys there.
 *
 * @param lines null where nobody wants them
 */
record AccessLog(@Nullable Consumer<String> lines) {

  void follow(Request request, Response response) {
    if (lines == null) {
      return;
    }
    long start = System.nanoTime();
    Request.addCompletionListener(
        request,
        failure ->
            lines.accept(
                String.format(
                    Locale.ROOT,
                    "%s %s %s → %d in %d ms%s",
                    Request.getRemoteAddr(request),
                    request.getMethod(),
                    request.getHttpURI().getPath(),
                    response.getStatus(),
                    (System.nanoTime() - start) / 1_000_000,
                    failure == null ? "" : ", left early")));
  }
}
