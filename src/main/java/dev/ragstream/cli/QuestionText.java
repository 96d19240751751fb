package dev.ragstream.cli;

import dev.ragstream.core.Failure;
import dev.ragstream.core.FailureException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The question of a command line. */
final class QuestionText {

  private QuestionText() {}

  /** The argument, which may not be blank. */
  static String required(@Nullable String argument) {
    String question = Objects.requireNonNullElse(argument, "").strip();
    if (question.isEmpty()) {
      throw new FailureException(
          Failure.Kind.USAGE,
          "there is no question",
          "give one in quotes: ragstream ask \"Should I carry an umbrella?\"");
    }
    return question;
  }

  /** The argument, and below it what is piped in. */
  static String withInput(@Nullable String argument, Console console) {
    String question = Objects.requireNonNullElse(argument, "").strip();
    if (!console.terminals().in()) {
      String piped = read(console).strip();
      question =
          question.isEmpty() || piped.isEmpty() ? question + piped : question + "\n\n" + piped;
    }
    return required(question);
  }

  private static String read(Console console) {
    try {
      return new String(console.in().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
