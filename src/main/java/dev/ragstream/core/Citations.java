package dev.ragstream.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads which passages an answer cites: {@code [1]}, {@code [1, 3]}, {@code 【2】}. */
final class Citations {

  private static final Pattern BRACKETS =
      Pattern.compile("[\\[【]\\s*(\\d{1,4}(?:\\s*[,、，]\\s*\\d{1,4})*)\\s*[\\]】]");

  private static final Pattern SEPARATOR = Pattern.compile("\\s*[,、，]\\s*");

  private Citations() {}

  /**
   * The numbers of shown passages in an answer, in the order of first mention; other numbers are
   * none.
   */
  static List<Integer> in(String answer, List<Excerpt> shown) {
    Set<Integer> known = shown.stream().map(e -> e.passage().n()).collect(Collectors.toSet());
    Set<Integer> cited = new LinkedHashSet<>();
    Matcher matcher = BRACKETS.matcher(answer);
    while (matcher.find()) {
      for (String number : SEPARATOR.split(matcher.group(1), -1)) {
        cited.add(Integer.valueOf(number));
      }
    }
    cited.retainAll(known);
    return List.copyOf(cited);
  }
}
