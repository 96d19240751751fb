package dev.ragstream.cassette;

import dev.ragstream.core.ChatModel;
import dev.ragstream.core.Prompt;
import dev.ragstream.core.Usage;
import java.util.List;

/** A model in process that says what it is told to say. */
record Spoken(List<String> pieces) implements ChatModel {

  static Spoken of(String... pieces) {
    return new Spoken(List.of(pieces));
  }

  @Override
  public String name() {
    return "in-process";
  }

  @Override
  public Finish stream(Prompt prompt, Reader reader) {
    pieces.forEach(reader::text);
    return new Finish("stop", Usage.UNKNOWN);
  }
}
