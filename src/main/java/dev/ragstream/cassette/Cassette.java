package dev.ragstream.cassette;

import dev.ragstream.core.FailureException;
import dev.ragstream.core.Prompt;
import java.nio.file.Path;
import java.util.List;

/** The runs of a file. Where several answer the same question, the one recorded last counts. */
public final class Cassette {

  private final Path path;
  private final List<Run> latestFirst;

  /**
   * @param runs as they were recorded
   */
  Cassette(Path path, List<Run> runs) {
    this.path = path;
    this.latestFirst = List.copyOf(runs.reversed());
  }

  Path path() {
    return path;
  }

  /** How many runs there are; at least one. */
  public int size() {
    return latestFirst.size();
  }

  /**
   * The run of a question.
   *
   * @throws FailureException of kind {@code REPLAY_MISMATCH} where there is none
   */
  Run run(String question) {
    return runs(question).getFirst();
  }

  /**
   * The runs that may answer a prompt, the nearest one first: of its very messages, after the same
   * conversation, of the same question.
   *
   * @throws FailureException of kind {@code REPLAY_MISMATCH} where there is none
   */
  List<Run> runs(Prompt prompt) {
    List<Run> runs = runs(prompt.question().text());
    RequestText asked = RequestText.of(prompt);
    List<Run> same =
        runs.stream().filter(run -> RequestText.of(run.prompt()).equals(asked)).toList();
    if (!same.isEmpty()) {
      return same;
    }
    List<Run> history =
        runs.stream().filter(run -> run.prompt().question().equals(prompt.question())).toList();
    return history.isEmpty() ? runs : history;
  }

  private List<Run> runs(String question) {
    List<Run> runs =
        latestFirst.stream()
            .filter(run -> run.question().strip().equals(question.strip()))
            .toList();
    if (runs.isEmpty()) {
      throw CassetteFailures.unknownQuestion(
          path, question, latestFirst.stream().map(Run::question).distinct().toList());
    }
    return runs;
  }
}
