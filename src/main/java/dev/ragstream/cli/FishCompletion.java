package dev.ragstream.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What fish needs to complete commands, options and their values; picocli knows bash and zsh. */
record FishCompletion(CommandSpec root) {

  private static final String HEAD =
      """
      # Completion of ragstream for fish, written by ragstream completion fish.
      complete -c ragstream -e

      function __ragstream_at
          # Whether the words so far begin with these commands; with -x, whether they are these and no more.
          set -l words
          set -l skip 0
          for word in (commandline -opc)[2..-1]
              if test $skip = 1
                  set skip 0
              else if contains -- $word -c --config --profile --set --color
                  set skip 1
              else if not string match -q -- '-*' $word
                  set -a words $word
              end
          end
          if test "$argv[1]" = -x
              set -e argv[1]
              test "$words" = "$argv"
          else
              set -l count (count $argv)
              test (count $words) -ge $count; and test "$words[1..$count]" = "$argv"
          end
      end

      function __ragstream_templates
          # Where no template begins as the word does, any file may be meant.
          set -l typed (commandline -ct | string replace -r -- '^--[a-z]+=' '')
          set -l found (@templates@ | string match -- "$typed*")
          if test -n "$found"
              printf '%s\\n' $found
          else
              __fish_complete_path $typed
          end
      end

      """;

  /** The script. */
  String script() {
    StringBuilder script =
        new StringBuilder(
            HEAD.replace(
                Completions.Asked.TEMPLATES.mark(), Completions.Asked.TEMPLATES.command()));
    append(script, root, List.of());
    return script.toString();
  }

  private static void append(StringBuilder script, CommandSpec command, List<String> path) {
    String words = String.join(" ", path);
    command
        .subcommands()
        .forEach((name, inner) -> {
          CommandSpec its = inner.getCommandSpec();
          script
              .append("complete -c ragstream -f -n '")
              .append(("__ragstream_at -x " + words).stripTrailing())
              .append("' -a ")
              .append(name)
              .append(described(its.usageMessage().header()))
              .append('\n');
          List<String> longer = new ArrayList<>(path);
          longer.add(name);
          append(script, its, longer);
        });
    command.positionalParameters().stream()
        .map(FishCompletion::candidates)
        .filter(values -> !values.isEmpty())
        .forEach(values ->
            script
                .append("complete -c ragstream -f -n '__ragstream_at -x ")
                .append(words)
                .append("' -a '")
                .append(String.join(" ", values))
                .append("'\n"));
    if (!path.isEmpty()) {
      command.options().stream()
          .filter(option -> !option.hidden())
          .forEach(option ->
              script
                  .append("complete -c ragstream -n '__ragstream_at ")
                  .append(words)
                  .append('\'')
                  .append(names(option))
                  .append(values(option))
                  .append(described(option.description()))
                  .append('\n'));
    }
  }

  private static String names(OptionSpec option) {
    StringBuilder names = new StringBuilder();
    for (String name : option.names()) {
      names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
    }
    return names.toString();
  }

  /** A file where nothing else is known of the value. */
  private static String values(OptionSpec option) {
    if (option.arity().max() == 0) {
      return "";
    }
    List<String> values = candidates(option);
    if (values.isEmpty()) {
      return " -r";
    }
    return values.stream()
        .map(FishCompletion::asked)
        .collect(Collectors.joining(" ", " -x -a '", "'"));
  }

  private static List<String> candidates(ArgSpec argument) {
    return argument.completionCandidates() == null
        ? List.of()
        : StreamSupport.stream(argument.completionCandidates().spliterator(), false)
            .map(value -> value.toLowerCase(Locale.ROOT))
            .toList();
  }

  private static String asked(String value) {
    if (value.equals(Completions.Asked.PROFILES.mark())) {
      return "(" + Completions.Asked.PROFILES.command() + ")";
    }
    return value.equals(Completions.Asked.TEMPLATES.mark()) ? "(__ragstream_templates)" : value;
  }

  private static String described(String[] text) {
    String first = text.length == 0 ? "" : text[0];
    return " -d '" + first.replace("\\", "\\\\").replace("'", "\\'") + "'";
  }
}
