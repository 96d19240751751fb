package dev.ragstream.cassette;

import dev.ragstream.cassette.Answer.InProcess;
import dev.ragstream.cassette.Answer.OverHttp;
import dev.ragstream.cassette.Answer.Piece;
import dev.ragstream.core.AnswerEvent.Cancelled;
import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.AnswerEvent.Failed;
import dev.ragstream.core.ChatModel;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Retrieval;
import dev.ragstream.core.Retriever;
import dev.ragstream.upstream.Transport;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Answers from a cassette: the recorded model over recorded bytes, so that the answer comes in the
 * same pieces and ends in the same way. Any number of threads may ask at the same time.
 */
public final class Replay implements ChatModel {

  private final Cassette cassette;
  private final Match match;
  private final Pace pace;
  private final Models models;

  /** Makes the model that answered, anew. */
  @FunctionalInterface
  public interface Models {

    /**
     * The model.
     *
     * @param name as in the setting {@code llm.model}
     * @param baseUrl where its server was
     * @param transport in the place of the network
     * @return nothing where no model of that name is known
     */
    Optional<ChatModel> model(String name, URI baseUrl, Transport transport);
  }

  public Replay(Cassette cassette, Match match, Pace pace, Models models) {
    this.cassette = cassette;
    this.match = match;
    this.pace = pace;
    this.models = models;
  }

  /** The same cassette, whose model is made in another way. */
  public Replay over(Models others) {
    return new Replay(cassette, match, pace, others);
  }

  @Override
  public String name() {
    return "replay:" + cassette.path();
  }

  /** Finds what was found when the question was recorded. */
  public Retriever retriever() {
    return (query, options, limit) -> {
      Retrieval recorded = cassette.run(query).retrieval();
      return new Retrieval(
          query, options, recorded.passages().stream().limit(limit).toList(), recorded.took());
    };
  }

  /**
   * Plays the recorded answer.
   *
   * @throws FailureException also of kind {@code REPLAY_MISMATCH} where what was recorded does not
   *     answer this prompt
   */
  @Override
  public Finish stream(Prompt prompt, Reader reader) throws InterruptedException {
    List<Run> runs = cassette.runs(prompt);
    Run run = runs.getFirst();
    return switch (run.answer()) {
      case OverHttp answer -> {
        Transport transport =
            new ReplayTransport(cassette.path(), overHttp(runs, run.model()), prompt, match, pace);
        yield models
            .model(run.model(), answer.request().baseUrl(), transport)
            .orElseThrow(() -> CassetteFailures.unknownModel(cassette.path(), run))
            .stream(prompt, reader);
      }
      case InProcess answer -> {
        RequestText recorded = RequestText.of(run.prompt());
        RequestText asked = RequestText.of(prompt);
        if (match == Match.EXACT && !recorded.equals(asked)) {
          throw CassetteFailures.different(cassette.path(), run, recorded.differenceTo(asked));
        }
        yield play(run, answer, reader);
      }
    };
  }

  private static List<Run> overHttp(List<Run> runs, String model) {
    return runs.stream()
        .filter(run -> run.model().equals(model) && run.answer() instanceof OverHttp)
        .toList();
  }

  private Finish play(Run run, InProcess answer, Reader reader) throws InterruptedException {
    Pace.Playing playing = pace.start();
    for (Piece piece : answer.pieces()) {
      playing.await(piece.at());
      if (piece.reasoning()) {
        reader.reasoning(piece.text());
      } else {
        reader.text(piece.text());
      }
    }
    return switch (run.ending()) {
      case Completed completed -> new Finish(completed.finishReason(), completed.usage());
      case Failed failed -> throw new FailureException(failed.failure());
      case Cancelled _ -> throw new InterruptedException("the recorded answer was interrupted");
    };
  }
}
