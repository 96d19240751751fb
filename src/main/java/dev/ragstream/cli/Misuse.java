package dev.ragstream.cli;

import dev.ragstream.core.Failure;
import dev.ragstream.core.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What is wrong with a command line and what was probably meant, in plain words. */
final class Misuse {

  /** More words than these behind no command are a question without its quotes. */
  private static final int WORDS_OF_A_COMMAND = 2;

  private Misuse() {}

  /** What picocli found, told to people. */
  static Failure of(ParameterException e) {
    CommandSpec command = e.getCommandLine().getCommandSpec();
    String help = "see '" + command.qualifiedName() + " --help'";
    if (e instanceof UnmatchedArgumentException unmatched) {
      List<String> words = unmatched.getUnmatched();
      if (unmatched.isUnknownOption()) {
        return usage(message(e), didYouMean(words.getFirst(), optionNames(command)) + help);
      }
      return command.subcommands().isEmpty()
          ? tooMany(command, words, help)
          : noCommand(command, words, help);
    }
    if (e.getArgSpec() != null && e.getValue() != null) {
      return badValue(e, e.getArgSpec(), e.getValue(), help);
    }
    return usage(message(e), help);
  }

  private static Failure tooMany(CommandSpec command, List<String> words, String help) {
    String extra = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(", "));
    boolean asks =
        command.positionalParameters().stream()
            .anyMatch(parameter -> parameter.paramLabel().equals("QUESTION"));
    return usage(
        "'" + command.qualifiedName() + "' has no use for " + extra,
        (asks ? "a question of several words stands in quotes; " : "") + help);
  }

  private static Failure noCommand(CommandSpec command, List<String> words, String help) {
    String word = words.getFirst();
    List<String> known = new ArrayList<>(command.subcommands().keySet());
    known.add("--version");
    Optional<String> near = Nearest.to(word, known);
    String problem = "'" + command.qualifiedName() + "' has no command '" + word + "'";
    if (near.isPresent()) {
      return usage(
          problem, "did you mean '%s %s'? %s".formatted(command.qualifiedName(), near.get(), help));
    }
    if (command.parent() != null) {
      return usage(problem, help);
    }
    String question = String.join(" ", words);
    return question.split("\\s+", -1).length > WORDS_OF_A_COMMAND
        ? usage(problem, "to ask a question: ragstream ask \"" + question + "\"; " + help)
        : usage(problem, help + "; a question follows 'ask' in quotes: ragstream ask \"…\"");
  }

  private static Failure badValue(ParameterException e, ArgSpec arg, String value, String help) {
    String name = arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    String problem = name + " cannot be " + (value.isEmpty() ? "empty" : value);
    if (arg.typeInfo().isEnum()) {
      List<String> words =
          Arrays.stream(arg.typeInfo().getType().getEnumConstants())
              .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
              .toList();
      return usage(
          problem,
          didYouMean(value, words) + "use one of " + String.join(", ", words) + "; " + help);
    }
    return arg.typeInfo().isMap()
        ? usage(problem, "use " + arg.paramLabel() + "; " + help)
        : usage(message(e), help);
  }

  private static List<String> optionNames(CommandSpec command) {
    return command.options().stream()
        .filter(option -> !option.hidden())
        .map(OptionSpec::longestName)
        .toList();
  }

  private static String didYouMean(String typed, List<String> known) {
    return Nearest.to(typed.replaceFirst("=.*", ""), known)
        .map("did you mean '%s'? "::formatted)
        .orElse("");
  }

  private static String message(ParameterException e) {
    return String.valueOf(e.getMessage()).replaceFirst("^Error: ", "");
  }

  private static Failure usage(String problem, String remedy) {
    return new Failure(Failure.Kind.USAGE, problem, remedy);
  }
}
