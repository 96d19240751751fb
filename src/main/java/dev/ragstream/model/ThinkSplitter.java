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

  private enum State {
    BEFORE_OPENER,
    BEFORE_REASONING,
    REASONING,
    BEFORE_ANSWER,
    ANSWER
  }

  private final ChatModel.Reader reader;
  private State state = State.BEFORE_OPENER;
  private String held = "";

  ThinkSplitter(ChatModel.Reader reader) {
    this.reader = reader;
  }

  void next(String piece) {
    if (state == State.ANSWER) {
      answer(piece);
      return;
    }
    String text = held + piece;
    held = "";
    while (!text.isEmpty()) {
      text =
          switch (state) {
            case BEFORE_OPENER -> open(text);
            case BEFORE_REASONING -> skipSpace(text, State.REASONING);
            case REASONING -> reason(text);
            case BEFORE_ANSWER -> skipSpace(text, State.ANSWER);
            case ANSWER -> answer(text);
          };
    }
  }

  /** Passes on what was held back, as what it turned out to be. */
  void end() {
    String rest = held;
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
    state = State.ANSWER;
    return text;
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
    for (int length = Math.min(text.length(), CLOSER.length() - 1); length > 0; length--) {
      if (text.endsWith(CLOSER.substring(0, length))) {
        return length;
      }
    }
    return 0;
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
