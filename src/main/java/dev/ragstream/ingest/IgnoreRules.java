package dev.ragstream.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * The rules of one {@code .gitignore}, in the meaning of <a
 * href="https://git-scm.com/docs/gitignore#_pattern_format">gitignore(5)</a>; include and exclude
 * globs have the same form. Paths are relative to the folder of the file and written with {@code
 * /}.
 */
record IgnoreRules(List<Rule> rules) {

  /** What the rules say of one path; the last rule that matches it decides. */
  enum Verdict {
    IGNORED,
    /** Taken back in by a rule with {@code !}. */
    KEPT,
    SILENT
  }

  record Rule(Pattern pattern, boolean negated, boolean foldersOnly) {}

  static IgnoreRules parse(List<String> lines) {
    return new IgnoreRules(lines.stream().map(IgnoreRules::rule).flatMap(List::stream).toList());
  }

  Verdict verdict(String path, boolean folder) {
    for (Rule rule : rules.reversed()) {
      if ((folder || !rule.foldersOnly()) && rule.pattern().matcher(path).matches()) {
        return rule.negated() ? Verdict.KEPT : Verdict.IGNORED;
      }
    }
    return Verdict.SILENT;
  }

  /** Whether a file, or a folder that it lies in, is matched. */
  boolean covers(String file) {
    if (verdict(file, false) == Verdict.IGNORED) {
      return true;
    }
    for (int slash = file.indexOf('/'); slash >= 0; slash = file.indexOf('/', slash + 1)) {
      if (verdict(file.substring(0, slash), true) == Verdict.IGNORED) {
        return true;
      }
    }
    return false;
  }

  private static List<Rule> rule(String line) {
    String glob = withoutTrailingSpaces(line.startsWith("\uFEFF") ? line.substring(1) : line);
    boolean negated = glob.startsWith("!");
    if (negated) {
      glob = glob.substring(1);
    }
    boolean foldersOnly = glob.endsWith("/");
    if (foldersOnly) {
      glob = glob.substring(0, glob.length() - 1);
    }
    if (glob.isEmpty() || line.startsWith("#")) {
      return List.of();
    }
    String anywhere = glob.contains("/") ? "" : "(?:.*/)?";
    String anchored = glob.startsWith("/") ? glob.substring(1) : glob;
    try {
      Pattern pattern = Pattern.compile(anywhere + regex(anchored), Pattern.DOTALL);
      return List.of(new Rule(pattern, negated, foldersOnly));
    } catch (PatternSyntaxException e) {
      return List.of(); // as git does: a rule that makes no sense matches nothing
    }
  }

  private static String withoutTrailingSpaces(String line) {
    int end = line.length();
    while (end > 0
        && (line.charAt(end - 1) == ' ' || line.charAt(end - 1) == '\r')
        && !(end > 1 && line.charAt(end - 2) == '\\')) {
      end--;
    }
    return line.substring(0, end);
  }

  private static String regex(String glob) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i);
      boolean segmentStart = i == 0 || glob.charAt(i - 1) == '/';
      if (segmentStart && glob.startsWith("**/", i)) {
        regex.append("(?:.*/)?");
        i += 3;
      } else if (segmentStart && glob.substring(i).equals("**")) {
        regex.append(".+");
        i += 2;
      } else if (c == '*') {
        regex.append("[^/]*");
        i++;
      } else if (c == '?') {
        regex.append("[^/]");
        i++;
      } else if (c == '[') {
        int end = classEnd(glob, i);
        regex.append(characterClass(glob.substring(i + 1, end)));
        i = end + 1;
      } else {
        int literal = c == '\\' && i + 1 < glob.length() ? i + 1 : i;
        regex.append(Pattern.quote(glob.substring(literal, literal + 1)));
        i = literal + 1;
      }
    }
    return regex.toString();
  }

  private static int classEnd(String glob, int start) {
    int first = start + 1;
    if (first < glob.length() && "!^".indexOf(glob.charAt(first)) >= 0) {
      first++;
    }
    for (int i = first; i < glob.length(); i++) {
      if (glob.charAt(i) == '\\') {
        i++;
      } else if (glob.charAt(i) == ']' && i > first) {
        return i;
      }
    }
    throw new PatternSyntaxException("unclosed [", glob, start);
  }

  private static String characterClass(String body) {
    boolean negated = body.startsWith("!") || body.startsWith("^");
    String members = negated ? body.substring(1) : body;
    String safe = members.replaceAll("[\\[\\]&^]", "\\\\$0");
    return (negated ? "(?!/)[^" : "(?!/)[") + safe + "]";
  }

  /**
   * Spells out {@code {a,b}}, which globs on a command line have and {@code .gitignore} has not.
   */
  static IgnoreRules ofGlobs(List<String> globs) {
    List<String> expanded = new ArrayList<>();
    globs.forEach(glob -> expandBraces(glob, expanded));
    return parse(expanded);
  }

  private static void expandBraces(String glob, List<String> into) {
    int open = glob.indexOf('{');
    int close = glob.indexOf('}', open + 1);
    if (open < 0 || close < 0) {
      into.add(glob);
      return;
    }
    for (String choice : glob.substring(open + 1, close).split(",", -1)) {
      expandBraces(glob.substring(0, open) + choice + glob.substring(close + 1), into);
    }
  }
}
