package dev.ragstream.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whether a terminal shows OSC 8 links. There is no way to ask it, so those that do are known by
 * the variables that they set; {@code FORCE_HYPERLINK} is heeded as other programs heed it.
 */
final class Hyperlinks {

  private static final String FORCED = "FORCE_HYPERLINK";

  private static final List<String> SET_BY_THOSE_THAT_DO =
      List.of("KITTY_WINDOW_ID", "WT_SESSION", "KONSOLE_VERSION", "DOMTERM", "ALACRITTY_WINDOW_ID");

  /** By the name of what they understand, which is known over ssh too. */
  private static final Pattern TERMS =
      Pattern.compile("xterm-(?:kitty|ghostty)|(?:foot|alacritty|wezterm)(?:[-+].*)?");

  private static final Set<String> PROGRAMS =
      Set.of("iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "rio", "Tabby");

  /** The first VTE (GNOME Terminal and others) whose links do no harm, 0.50.1. */
  private static final int VTE = 5001;

  private Hyperlinks() {}

  static boolean areKnown(Map<String, String> environment) {
    String forced = environment.get(FORCED);
    if (forced != null) {
      return !forced.equals("0") && !forced.equals("false");
    }
    // What runs within tmux or screen does not know what is around them.
    if (environment.containsKey("TMUX") || environment.containsKey("STY")) {
      return false;
    }
    return SET_BY_THOSE_THAT_DO.stream().anyMatch(environment::containsKey)
        || TERMS.matcher(environment.getOrDefault("TERM", "")).matches()
        || PROGRAMS.contains(environment.getOrDefault("TERM_PROGRAM", ""))
        || vte(environment.getOrDefault("VTE_VERSION", "")) >= VTE;
  }

  private static int vte(String version) {
    return version.matches("\\d{1,6}") ? Integer.parseInt(version) : 0;
  }
}
