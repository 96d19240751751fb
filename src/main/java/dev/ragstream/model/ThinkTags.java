package dev.ragstream.model;

import java.util.Locale;
import java.util.regex.Pattern;

/** Whether a model's server may put what the model thinks into the text of its answer. */
public enum ThinkTags {
  /** It does not: a tag in the text is text. */
  NONE,
  /** Where the text begins with {@code <think>}, up to {@code </think>}. */
  TAGGED,
  /**
   * The same, or the opener may be missing, since the chat templates of many reasoning models put
   * it into the prompt. A text that begins with neither is held back until the closer tells what
   * came before it; where none comes, it was the answer.
   */
  UNOPENED,
  /** The text begins with thinking, with an opener or without one. */
  OPEN;

  private static final Pattern REASONING_MODEL =
      Pattern.compile("deepseek-r1|r1-distill|qwq|thinking|reasoner");

  /** What is to be expected of a model of this name. */
  public static ThinkTags usual(String model) {
    return REASONING_MODEL.matcher(model.toLowerCase(Locale.ROOT)).find() ? UNOPENED : TAGGED;
  }
}
