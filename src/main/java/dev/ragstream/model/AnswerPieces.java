package dev.ragstream.model;

import dev.ragstream.core.ChatModel;

/**
 * What every provider's pieces go through on their way to the reader: surrogate halves are joined,
 * {@code <think>} is taken out of the text, empty pieces are dropped.
 */
final class AnswerPieces {

  private final ChatModel.Reader reader;
  private final WholeCharacters wholeText = new WholeCharacters();
  private final WholeCharacters wholeReasoning = new WholeCharacters();
  private final ThinkSplitter splitter;

  AnswerPieces(ChatModel.Reader reader, ThinkTags tags) {
    this.reader = reader;
    this.splitter = new ThinkSplitter(reader, tags);
  }

  void text(String piece) {
    if (!piece.isEmpty()) {
      splitter.next(wholeText.next(piece));
    }
  }

  void reasoning(String piece) {
    if (!piece.isEmpty()) {
      splitter.reasoningIsApart();
      emitReasoning(wholeReasoning.next(piece));
    }
  }

  /** Passes on what was held back. */
  void end() {
    emitReasoning(wholeReasoning.end());
    splitter.next(wholeText.end());
    splitter.end();
  }

  private void emitReasoning(String whole) {
    if (!whole.isEmpty()) {
      reader.reasoning(whole);
    }
  }
}
