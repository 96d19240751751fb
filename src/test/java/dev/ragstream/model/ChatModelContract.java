package dev.ragstream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.ChatModel.Finish;
import dev.ragstream.core.Prompt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What every chat model keeps to. */
interface ChatModelContract {

  /** A model that is about to answer {@link #prompt()} with {@link #answer()}. */
  ChatModel model();

  Prompt prompt();

  /** The whole answer; holds a character beyond the basic plane and more than one piece. */
  String answer();

  /** Passes once nothing of the call is left open; by default there was nothing to open. */
  default void assertClosed() {}

  @Test
  default void streamsTheAnswerInOrderAndFinishes() throws InterruptedException {
    RecordingReader reader = new RecordingReader();
    Finish finish = model().stream(prompt(), reader);
    assertThat(reader.answer()).isEqualTo(answer());
    assertThat(reader.text).hasSizeGreaterThan(1);
    assertThat(finish.reason()).isEqualTo("stop");
    assertClosed();
  }

  @Test
  default void everyPieceHoldsWholeCharacters() throws InterruptedException {
    RecordingReader reader = new RecordingReader();
    model().stream(prompt(), reader);
    assertThat(Stream.concat(reader.text.stream(), reader.reasoning.stream()))
        .allSatisfy(piece -> {
          assertThat(piece).isNotEmpty();
          assertThat(Character.isLowSurrogate(piece.charAt(0))).isFalse();
          assertThat(Character.isHighSurrogate(piece.charAt(piece.length() - 1))).isFalse();
        });
  }

  @Test
  default void anInterruptEndsTheCallAndClosesTheConnection() {
    ChatModel model = model();
    RecordingReader reader = new RecordingReader();
    reader.onText(() -> Thread.currentThread().interrupt());
    assertThatThrownBy(() -> model.stream(prompt(), reader))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
    assertThat(reader.text).hasSize(1);
    assertClosed();
  }

  @Test
  default void aReaderThatThrowsEndsTheCallAndClosesTheConnection() {
    ChatModel model = model();
    IllegalStateException left = new IllegalStateException("the reader left");
    RecordingReader reader = new RecordingReader();
    reader.onText(() -> {
      throw left;
    });
    assertThatThrownBy(() -> model.stream(prompt(), reader)).isSameAs(left);
    assertThat(reader.text).hasSize(1);
    assertClosed();
  }
}
