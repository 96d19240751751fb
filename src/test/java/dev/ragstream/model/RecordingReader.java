package dev.ragstream.model;

import dev.ragstream.core.ChatModel;
import java.util.ArrayList;
import java.util.List;

/** Keeps the pieces of an answer in order. */
final class RecordingReader implements ChatModel.Reader {

  final List<String> reasoning = new ArrayList<>();
  final List<String> text = new ArrayList<>();
  private Runnable onText = () -> {};

  /** Runs something with each piece of text, after it was kept. */
  void onText(Runnable action) {
    onText = action;
  }

  @Override
  public void reasoning(String piece) {
    reasoning.add(piece);
  }

  @Override
  public void text(String piece) {
    text.add(piece);
    onText.run();
  }

  String answer() {
    return String.join("", text);
  }

  String thoughts() {
    return String.join("", reasoning);
  }
}
