package dev.ragstream.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;

/** What a shell offers as the values of options. */
final class Completions {

  /** Stands for what only the settings know; the shell asks for it when it is wanted. */
  static final String PROFILES = "@profiles@";

  /** How it asks. */
  static final String ASK_PROFILES = "ragstream completion --values profiles 2>/dev/null";

  private static final Pattern VALUES =
      Pattern.compile("(?m)^( *local [A-Z]+_option_args=)(\\(.*\\)).*$");

  private Completions() {}

  /** What picocli writes for bash and zsh, with values as people write them. */
  static String bash(CommandLine all) {
    return VALUES
        .matcher(AutoComplete.bash("ragstream", all))
        .replaceAll(line ->
            Matcher.quoteReplacement(
                line.group(2).contains(PROFILES)
                    ? line.group(1) + "()"
                    : line.group(1) + line.group(2).toLowerCase(Locale.ROOT)))
        .replace("\"${NAME_option_args[@]}\"", "$(" + ASK_PROFILES + ")");
  }

  /** The settings' profiles. */
  static final class Profiles extends Values {
    Profiles() {
      super(PROFILES);
    }
  }

  /** Models in process, and the beginnings of those on servers. */
  static final class Models extends Values {
    Models() {
      super("extractive", "openai:", "deepseek:", "anthropic:", "gemini:", "ollama:", "replay:");
    }
  }

  /** The ways to find passages. */
  static final class Modes extends Values {
    Modes() {
      super("hybrid", "lexical", "vector");
    }
  }

  /** What picocli can make by a constructor without arguments. */
  abstract static class Values implements Iterable<String> {

    private final List<String> values;

    Values(String... values) {
      this.values = List.of(values);
    }

    @Override
    public Iterator<String> iterator() {
      return values.iterator();
    }
  }
}
