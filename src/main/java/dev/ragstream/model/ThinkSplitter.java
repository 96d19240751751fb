package dev.ragstream.model;

import dev.ragstream.core.ChatModel;

/**
 * Tells the reasoning from the answer where a model writes both into one text: {@code <think>}
 * counts only at the very beginning, so that a tag in the answer's code stays there. White space
 * around the tags goes with them. A tag may be cut anywhere; what may be the beginning of one is
 * held back until more comes.
 */
final class ThinkSplitter {

  private static final String OPENER = "<think>";
  private static final String CLOSER = "</think>";

  /** In characters; nobody thinks longer, and nobody should wait longer for an answer. */
  private static final int LONGEST_UNDECIDED = 1 << 20;

  private enum State {
    BEFORE_OPENER,
    /** It may be reasoning without an opener. */
    UNDECIDED,
    BEFORE_REASONING,
    REASONING,
    BEFORE_ANSWER,
    ANSWER
  }

  private final ChatModel.Reader reader;

  /** What the text is in where it does not begin with an opener. */
  private final State unopened;

  private State state;
  private String held = "";
  private final StringBuilder undecided = new StringBuilder();

  ThinkSplitter(ChatModel.Reader reader, ThinkTags tags) {
    this.reader = reader;
    this.state = tags == ThinkTags.NONE ? State.ANSWER : State.BEFORE_OPENER;
    this.unopened =
        switch (tags) {
          case NONE, TAGGED -> State.ANSWER;
          case UNOPENED -> State.UNDECIDED;
          case OPEN -> State.REASONING;
        };
  }

  void next(String piece) {
    if (state == State.ANSWER) {
      answer(piece);
      return;
    }
    String text = held.isEmpty() ? piece : held + piece;
    held = "";
    while (!text.isEmpty()) {
      text =
          switch (state) {
            case BEFORE_OPENER -> open(text);
            case UNDECIDED -> wait(text);
            case BEFORE_REASONING -> skipSpace(text, State.REASONING);
            case REASONING -> reason(text);
            case BEFORE_ANSWER -> skipSpace(text, State.ANSWER);
            case ANSWER -> answer(text);
          };
    }
  }

  /** The reasoning comes by itself: as long as nothing was decided, the text is the answer. */
  void reasoningIsApart() {
    if (state == State.BEFORE_OPENER || state == State.UNDECIDED) {
      String rest = held;
      held = "";
      state = State.ANSWER;
      answer(undecided + rest);
    }
  }

  /** Passes on what was held back, as what it turned out to be. */
  void end() {
    String rest = undecided + held;
    held = "";
    if (state == State.REASONING) {
      emitReasoning(rest);
    } else {
      answer(rest);
    }
  }

  private String open(String text) {
    String start = text.stripLeading();
    if (start.startsWith(OPENER)) {
      state = State.BEFORE_REASONING;
      return start.substring(OPENER.length());
    }
    if (OPENER.startsWith(start)) {
      held = text;
      return "";
    }
    state = unopened;
    return state == State.REASONING ? start : text;
  }

  private String wait(String text) {
    int from = Math.max(0, undecided.length() - CLOSER.length());
    undecided.append(text);
    int closer = undecided.indexOf(CLOSER, from);
    if (closer < 0 && undecided.length() < LONGEST_UNDECIDED) {
      return "";
    }
    String all = undecided.toString();
    undecided.setLength(0);
    if (closer < 0) {
      state = State.ANSWER;
      return all;
    }
    emitReasoning(all.substring(0, closer).strip());
    state = State.BEFORE_ANSWER;
    return all.substring(closer + CLOSER.length());
  }

  private String skipSpace(String text, State next) {
    String rest = text.stripLeading();
    if (!rest.isEmpty()) {
      state = next;
    }
    return rest;
  }

  private String reason(String text) {
    int closer = text.indexOf(CLOSER);
    if (closer >= 0) {
      emitReasoning(text.substring(0, closer).stripTrailing());
      state = State.BEFORE_ANSWER;
      return text.substring(closer + CLOSER.length());
    }
    int sure = text.length() - startOfCloserAtEnd(text);
    while (sure > 0 && Character.isWhitespace(text.charAt(sure - 1))) {
      sure--;
    }
    emitReasoning(text.substring(0, sure));
    held = text.substring(sure);
    return "";
  }

  /** How many characters at the end may be the beginning of the closing tag. */
  private static int startOfCloserAtEnd(String text) {
    int start = text.lastIndexOf(CLOSER.charAt(0));
    int length = text.length() - start;
    return start >= 0 && CLOSER.regionMatches(0, text, start, length) ? length : 0;
  }

  private String answer(String text) {
    if (!text.isEmpty()) {
      reader.text(text);
    }
    return "";
  }

  private void emitReasoning(String text) {
    if (!text.isEmpty()) {
      reader.reasoning(text);
    }
  }
}
