package dev.ragstream.core;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Adds the words of the last question to one that does not stand for itself: that is short, or
 * begins or refers in a way that is known here in English and Chinese. Where the last question adds
 * next to nothing ("and on Sundays?"), those before it count as well.
 */
public record EarlierTerms(TextAnalysis analysis) implements FollowUps {

  private static final int FEW = 3;

  private static final Set<String> REFERRING =
      Set.of(
          "and",
          "or",
          "but",
          "also",
          "else",
          "it",
          "its",
          "they",
          "them",
          "their",
          "that",
          "this",
          "those",
          "these",
          "there",
          "then",
          "he",
          "she",
          "him",
          "her",
          "his",
          "one",
          "ones",
          "same",
          "instead",
          "otherwise");

  private static final Pattern REFERRING_IN_CHINESE = Pattern.compile("[那它他她这其此]|还有|呢[?？]?$");

  private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L}\\p{N}']+");

  @Override
  public String query(Question question) {
    Set<String> own = new LinkedHashSet<>(analysis.questionWords(question.text()));
    if (own.size() > FEW && !refers(question.text())) {
      return question.text();
    }
    Set<String> added = new LinkedHashSet<>();
    List<Message> history = question.history();
    for (int i = history.size() - 1; i >= 0 && added.size() < FEW; i--) {
      if (history.get(i).role() == Message.Role.USER) {
        analysis.questionWords(history.get(i).content()).stream()
            .filter(word -> !own.contains(word))
            .forEach(added::add);
      }
    }
    return added.isEmpty() ? question.text() : question.text() + " " + String.join(" ", added);
  }

  private static boolean refers(String text) {
    return REFERRING_IN_CHINESE.matcher(text.strip()).find()
        || NO_LETTER
            .splitAsStream(text.toLowerCase(Locale.ROOT))
            .map(word -> word.replaceFirst("'s$", ""))
            .anyMatch(REFERRING::contains);
  }
}
