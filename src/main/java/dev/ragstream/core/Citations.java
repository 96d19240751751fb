package dev.ragstream.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads which passages an answer cites: {@code [1]}, {@code [1, 3]}, {@code [1-3]}, {@code [^1]},
 * {@code 【2】}. Brackets in code cite nothing; an index in code that is not marked as such, {@code
 * a[1]}, is taken for a citation, since {@code rain[1]} is one.
 */
final class Citations {

  private static final Pattern CODE = Pattern.compile("(?s)```.*?(?:```|\\z)|`[^`\\n]*`");

  private static final Pattern BRACKETS =
      Pattern.compile(
          "[\\[【［]\\s*\\^?(\\d{1,4}(?:\\s*[,;、，；–-]\\s*\\^?\\d{1,4}){0,19})\\s*[\\]】］]");

  /** A number, or the first and the last of a range. */
  private static final Pattern NUMBERS = Pattern.compile("(\\d+)(?:\\s*[–-]\\s*(\\d+))?");

  private Citations() {}

  /**
   * The numbers of shown passages in an answer, in the order of first mention; other numbers are
   * none.
   */
  static List<Integer> in(String answer, List<Excerpt> shown) {
    if (answer.indexOf('[') < 0 && answer.indexOf('【') < 0 && answer.indexOf('［') < 0) {
      return List.of();
    }
    Set<Integer> known = shown.stream().map(e -> e.passage().n()).collect(Collectors.toSet());
    Set<Integer> cited = new LinkedHashSet<>();
    Matcher brackets = BRACKETS.matcher(CODE.matcher(answer).replaceAll(""));
    while (brackets.find()) {
      Matcher numbers = NUMBERS.matcher(brackets.group(1));
      while (numbers.find()) {
        int first = Integer.parseInt(numbers.group(1));
        int last = numbers.group(2) == null ? first : Integer.parseInt(numbers.group(2));
        IntStream.rangeClosed(first, last).forEach(cited::add);
      }
    }
    cited.retainAll(known);
    return List.copyOf(cited);
  }
}
