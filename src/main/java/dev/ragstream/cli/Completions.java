package dev.ragstream.cli;

import dev.ragstream.config.ModelName;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.AutoComplete;
import picocli.CommandLine;

/** What a shell offers as the values of options. */
final class Completions {

  /** What only the project knows; the shell asks for it when it is wanted. */
  enum Asked {
    PROFILES("NAME"),
    TEMPLATES("FILE");

    private final String label;

    Asked(String label) {
      this.label = label;
    }

    /** Stands for the values where an option is declared. */
    String mark() {
      return "@" + word() + "@";
    }

    /** How a shell asks. */
    String command() {
      return "ragstream completion --values " + word() + " 2>/dev/null";
    }

    /** How picocli refers to the values, by the label of their options. */
    private String reference() {
      return "\"${" + label + "_option_args[@]}\"";
    }

    private String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static final Pattern VALUES =
      Pattern.compile("(?m)^( *local [A-Z]+_(?:option|pos_param)_args=)(\\(.*\\)).*$");

  /** What picocli writes for bash alone; zsh would take it for something else. */
  private static final Pattern OF_BASH =
      Pattern.compile("(?m)^ *(alias compopt=|type compopt).*\n");

  /** Where no template begins as the word does, any file may be meant. */
  private static final String OR_FILES =
      "$0; [ -n \"\\${COMPREPLY[*]}\" ] || COMPREPLY=( \\$( compgen -f -- \"\\${curr_word}\" ) )";

  private static final String ENTRY = "complete -F _complete_ragstream ";

  /** picocli's functions know {@code --profile wide} alone. */
  private static final String SPLIT =
      """
      # --profile=wide stands for --profile wide; it is one word to zsh, and three to bash.
      function _complete_ragstream_split() {
        local i word option="" typed=()
        for (( i=0; i<=COMP_CWORD; i++ )); do
          word="${COMP_WORDS[i]}"
          case "$word" in
            --*=*) option="${word%%=*}="; typed+=("${word%%=*}" "${word#*=}") ;;
            =) option=""; [ "$i" != "$COMP_CWORD" ] || typed+=("") ;;
            *) option=""; typed+=("$word") ;;
          esac
        done
        local COMP_WORDS=("${typed[@]}") COMP_CWORD=$(( ${#typed[@]} - 1 ))
        _complete_ragstream
        [ -z "$option" ] || COMPREPLY=("${COMPREPLY[@]/#/$option}")
      }

      """;

  private static final String ZSH_HEAD =
      """
      #compdef ragstream
      # A file of this text that is named _ragstream works in any folder of fpath; so does source <(ragstream completion zsh).
      """;

  /** As the completion system calls the file in fpath, for the word at hand. */
  private static final String ZSH_TAIL =
      """

      if [ "${funcstack[1]}" = _ragstream ]; then
        _bash_complete -o default -F _complete_ragstream_split
      fi
      """;

  private Completions() {}

  /** What picocli writes for bash, with values as people write them. */
  static String bash(CommandLine all) {
    String script =
        VALUES
            .matcher(AutoComplete.bash("ragstream", all))
            .replaceAll(line -> {
              String values = line.group(2).toLowerCase(Locale.ROOT);
              boolean asked =
                  Arrays.stream(Asked.values()).map(Asked::mark).anyMatch(values::contains);
              return Matcher.quoteReplacement(line.group(1) + (asked ? "()" : values));
            });
    script =
        Pattern.compile("(?m)^.*" + Pattern.quote(Asked.TEMPLATES.reference()) + ".*$")
            .matcher(script)
            .replaceAll(OR_FILES);
    for (Asked asked : Asked.values()) {
      script = script.replace(asked.reference(), "$(" + asked.command() + ")");
    }
    return script.replace(ENTRY, SPLIT + ENTRY.stripTrailing() + "_split ");
  }

  /** The same for zsh. */
  static String zsh(CommandLine all) {
    String script = OF_BASH.matcher(bash(all)).replaceAll("");
    return ZSH_HEAD + script.substring(script.indexOf('\n') + 1) + ZSH_TAIL;
  }

  /** The settings' profiles. */
  static final class Profiles extends Values {
    Profiles() {
      super(Asked.PROFILES.mark());
    }
  }

  /** The templates around. */
  static final class Templates extends Values {
    Templates() {
      super(Asked.TEMPLATES.mark());
    }
  }

  /** Models in process, and the beginnings of those on servers. */
  static final class Models extends Values {
    Models() {
      super(ModelName.words());
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
      this(List.of(values));
    }

    Values(List<String> values) {
      this.values = List.copyOf(values);
    }

    @Override
    public Iterator<String> iterator() {
      return values.iterator();
    }
  }
}
