package dev.ragstream.cassette;

import dev.ragstream.core.Failure;
import dev.ragstream.core.Failure.Kind;
import dev.ragstream.core.FailureException;
import dev.ragstream.core.Nearest;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What can be wrong with a cassette, and what to do about it. */
final class CassetteFailures {

  private static final int MOST_QUESTIONS = 5;

  private CassetteFailures() {}

  static FailureException missing(Path file) {
    return new FailureException(
        Kind.USAGE,
        "there is no cassette " + file,
        "record one: ragstream ask --record " + file + " QUESTION");
  }

  static FailureException noCassette(Path file, String why) {
    return new FailureException(
        Kind.USAGE,
        file + " is no cassette: " + why,
        "name a file that 'ragstream ask --record FILE' wrote, or one that is not there yet to"
            + " record into");
  }

  static FailureException newer(Path file, int version) {
    return new FailureException(
        Kind.USAGE,
        "the cassette %s has the version %d, and this ragstream knows versions up to %d"
            .formatted(file, version, CassetteFile.VERSION),
        "update ragstream, or record it anew");
  }

  static FailureException damaged(Path file, int line, String why) {
    return new FailureException(
        Kind.CASSETTE,
        "the cassette %s is damaged at line %d: %s".formatted(file, line, why),
        "correct the line, or take its whole run out and record it anew");
  }

  /** Only a run that was never finished is in it, or none at all. */
  static FailureException empty(Path file) {
    return new FailureException(
        Kind.CASSETTE,
        "the cassette " + file + " holds no run that was recorded to its end",
        "record one: ragstream ask --record " + file + " QUESTION");
  }

  static FailureException unreadable(Path file, IOException cause) {
    return new FailureException(
        new Failure(
            Kind.CASSETTE,
            "the cassette " + file + " cannot be read: " + reason(cause),
            "check the file and its permissions"),
        cause);
  }

  static FailureException unwritable(Path file, IOException cause) {
    return new FailureException(
        new Failure(
            Kind.CASSETTE,
            "the cassette " + file + " cannot be written: " + cause,
            "check the folder, its permissions and the room on its disk"),
        cause);
  }

  /** Without the path, which the system's own texts begin with. */
  private static String reason(IOException cause) {
    String text =
        cause instanceof FileSystemException system ? system.getReason() : cause.getMessage();
    String name = cause.getClass().getSimpleName();
    return text == null ? name : name + ": " + text;
  }

  /**
   * @param recorded the questions that there are
   */
  static FailureException unknownQuestion(Path file, String question, List<String> recorded) {
    Set<String> known = new LinkedHashSet<>();
    Nearest.to(question, recorded).ifPresent(known::add);
    known.addAll(recorded);
    String more =
        known.size() > MOST_QUESTIONS ? " and " + (known.size() - MOST_QUESTIONS) + " more" : "";
    return new FailureException(
        Kind.REPLAY_MISMATCH,
        "the cassette %s holds no answer to '%s'; it holds those to %s%s"
            .formatted(
                file,
                question,
                known.stream()
                    .limit(MOST_QUESTIONS)
                    .map(other -> "'" + other + "'")
                    .collect(Collectors.joining(", ")),
                more),
        "ask one of these, word for word, or record this one: ragstream ask --record "
            + file
            + " QUESTION");
  }

  /**
   * @param difference lines for people
   */
  static FailureException different(Path file, Run run, List<String> difference) {
    return new FailureException(
        Kind.REPLAY_MISMATCH,
        "the request differs from the one in %s, line %d:\n  %s"
            .formatted(file, run.line(), String.join("\n  ", difference)),
        "if this is as it should be, record it anew; --match question replays it all the same");
  }

  static FailureException unknownModel(Path file, Run run) {
    return new FailureException(
        Kind.CASSETTE,
        "the cassette %s was recorded with the model %s, which is not known here (line %d)"
            .formatted(file, run.model(), run.line()),
        "update ragstream, or record it anew with a model that it knows");
  }
}
