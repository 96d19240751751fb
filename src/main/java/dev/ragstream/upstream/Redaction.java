package dev.ragstream.upstream;

import dev.ragstream.core.FailureException;
import dev.ragstream.core.Secret;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.io.JsonStringEncoder;

/**
 * Takes secrets out of text: each value, the part of it after its last space (the key in {@code
 * Bearer KEY}), and how JSON spells them.
 *
 * @param hidden longest value first, so that none leaves a part of another one
 */
public record Redaction(List<Hidden> hidden) {

  private static final JsonStringEncoder JSON = JsonStringEncoder.getInstance();

  /** Shorter values are no keys, and may be words that a server has to say. */
  private static final int SHORTEST_KEY = 8;

  public static final Redaction NONE = new Redaction(List.of());

  /** A value, and what people see in its place. */
  public record Hidden(String value, String placeholder) {

    /** Leaves the value out. */
    @Override
    public String toString() {
      return placeholder;
    }
  }

  /** Where a text holds a secret: from {@code start} up to before {@code end}. */
  public record Span(int start, int end, String placeholder) {}

  public Redaction {
    hidden = List.copyOf(hidden);
  }

  /**
   * Hides what the secrets reveal now.
   *
   * @param shortest values with fewer characters are left alone
   */
  static Redaction of(List<Secret> secrets, int shortest) {
    return of(secrets, shortest, List.of());
  }

  /**
   * The same with secrets that were not sent, of which only those count that are there and no
   * shorter than a key.
   */
  static Redaction of(List<Secret> secrets, int shortest, List<Secret> unsent) {
    Map<String, Hidden> values =
        new TreeMap<>(Comparator.comparingInt(String::length).reversed().thenComparing(v -> v));
    secrets.forEach(secret -> hide(secret.reveal(), secret.placeholder(), shortest, values));
    for (Secret secret : unsent) {
      try {
        hide(secret.reveal(), secret.placeholder(), SHORTEST_KEY, values);
      } catch (FailureException _) {
        // Its variable is not set: there is nothing to hide.
      }
    }
    return new Redaction(List.copyOf(values.values()));
  }

  private static void hide(
      String whole, String placeholder, int shortest, Map<String, Hidden> values) {
    for (String value : List.of(whole, whole.substring(whole.lastIndexOf(' ') + 1))) {
      for (String spelt : List.of(value, new String(JSON.quoteAsCharArray(value)))) {
        if (!value.isBlank() && value.length() >= shortest) {
          values.putIfAbsent(spelt, new Hidden(spelt, placeholder));
        }
      }
    }
  }

  /** The text with placeholders in it. */
  public String apply(String text) {
    List<Span> spans = spans(text);
    if (spans.isEmpty()) {
      return text;
    }
    StringBuilder redacted = new StringBuilder(text.length());
    int end = 0;
    for (Span span : spans) {
      redacted.append(text, end, span.start()).append(span.placeholder());
      end = span.end();
    }
    return redacted.append(text, end, text.length()).toString();
  }

  /** Where the text holds secrets, in order; none overlaps another one. */
  public List<Span> spans(String text) {
    TreeMap<Integer, Span> spans = new TreeMap<>();
    for (Hidden secret : hidden) {
      int start = text.indexOf(secret.value());
      while (start >= 0) {
        int end = start + secret.value().length();
        Map.Entry<Integer, Span> before = spans.lowerEntry(end);
        if (before == null || before.getValue().end() <= start) {
          spans.put(start, new Span(start, end, secret.placeholder()));
        }
        start = text.indexOf(secret.value(), end);
      }
    }
    return List.copyOf(spans.values());
  }
}
