package dev.ragstream.render;

import dev.ragstream.core.AnswerEvent.Completed;
import dev.ragstream.core.Excerpt;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Timings;
import dev.ragstream.core.Usage;
import java.util.List;
import java.util.Locale;

/** What people are told about an answer: what it rests on, and what it took. */
public final class AnswerFacts {

  private static final String BELOW_SOURCES = " ".repeat(4);

  private AnswerFacts() {}

  /**
   * What is a line for each passage in the prompt; those that the answer does not cite were read as
   * well, so they are shown, but dimmed.
   */
  public static List<String> sources(Prompt prompt, List<Integer> citations, Style style) {
    return prompt.excerpts().stream().map(excerpt -> source(excerpt, citations, style)).toList();
  }

  private static String source(Excerpt excerpt, List<Integer> citations, Style style) {
    int n = excerpt.passage().n();
    String source = excerpt.passage().chunk().source();
    int room = style.columns() - 1 - BELOW_SOURCES.length();
    String line =
        "["
            + n
            + "] "
            + style.link(TextWidth.shortened(TerminalText.oneLine(source), room), source)
            + title(excerpt.passage().chunk().title());
    return style.wrapped(
        citations.contains(n) ? line : style.dim(line + " (not cited)"), BELOW_SOURCES);
  }

  private static String title(String title) {
    return title.isEmpty() ? "" : " — " + TerminalText.oneLine(title);
  }

  /** The model, times, tokens, and why it stopped where that is not the usual. */
  public static String summary(String model, Completed completed) {
    StringBuilder line = new StringBuilder(TerminalText.oneLine(model));
    line.append(" · ").append(times(completed.timings()));
    if (!completed.usage().equals(Usage.UNKNOWN)) {
      line.append(" · ").append(tokens(completed.usage())).append(" tokens");
    }
    if (!completed.finishReason().equals("stop")) {
      line.append(" · finished: ").append(TerminalText.oneLine(completed.finishReason()));
    }
    return line.toString();
  }

  /** Of retrieval, the first text where there was one, and all. */
  public static String times(Timings timings) {
    StringBuilder line = new StringBuilder("retrieval ").append(time(timings.retrievalMillis()));
    if (timings.firstTextMillis() >= 0) {
      line.append(" · first text ").append(time(timings.firstTextMillis()));
    }
    return line.append(" · total ").append(time(timings.totalMillis())).toString();
  }

  /** Of the prompt and of the answer: {@code 812 + 64}. */
  public static String tokens(Usage usage) {
    return counted(usage.promptTokens()) + " + " + counted(usage.completionTokens());
  }

  private static String counted(int tokens) {
    return tokens < 0 ? "?" : String.valueOf(tokens);
  }

  /** {@code 240 ms} or {@code 1.8 s}. */
  public static String time(long millis) {
    return millis < 1000 ? millis + " ms" : String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
  }
}
