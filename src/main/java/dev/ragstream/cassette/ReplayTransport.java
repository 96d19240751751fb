package dev.ragstream.cassette;

import dev.ragstream.cassette.Answer.How;
import dev.ragstream.cassette.Answer.OverHttp;
import dev.ragstream.cassette.Answer.Response;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Prompt;
import dev.ragstream.upstream.Transport;
import dev.ragstream.upstream.UpstreamBody;
import dev.ragstream.upstream.UpstreamFailures;
import dev.ragstream.upstream.UpstreamRequest;
import java.nio.file.Path;
import java.util.List;

/**
 * Answers a request with recorded bytes, each when it is its time.
 *
 * @param runs that may answer, all of one model over HTTP, the nearest one first
 * @param prompt what the request is made of
 */
record ReplayTransport(Path file, List<Run> runs, Prompt prompt, Match match, Pace pace)
    implements Transport {

  @Override
  public UpstreamBody open(UpstreamRequest request, UpstreamFailures failures)
      throws InterruptedException {
    Run run = run(request);
    OverHttp answer = (OverHttp) run.answer();
    Pace.Playing playing = pace.start();
    Response response = answer.response();
    if (response == null) {
      playing.await(answer.end().at());
      throw unanswered(run, answer);
    }
    playing.await(response.at());
    return new ReplayBody(response, answer.chunks(), answer.end(), playing);
  }

  private Run run(UpstreamRequest request) {
    if (match == Match.QUESTION) {
      return runs.getFirst();
    }
    RequestText asked = RequestText.of(RequestText.tree(request.body()), prompt);
    return runs.stream()
        .filter(run -> recorded(run).equals(asked))
        .findFirst()
        .orElseThrow(() -> {
          Run nearest = runs.getFirst();
          return CassetteFailures.different(file, nearest, recorded(nearest).differenceTo(asked));
        });
  }

  private static RequestText recorded(Run run) {
    return RequestText.of(((OverHttp) run.answer()).request().body(), run.prompt());
  }

  private static FailureException unanswered(Run run, OverHttp answer) throws InterruptedException {
    if (answer.end().how() != How.INTERRUPTED && run.ending() instanceof Failed failed) {
      return new FailureException(failed.failure());
    }
    throw new InterruptedException("the recorded request was interrupted");
  }
}
