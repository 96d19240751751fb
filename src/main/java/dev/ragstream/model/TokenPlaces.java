package dev.ragstream.model;

import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.IntArrayList;
import dev.ragstream.core.TokenSpans;
import java.util.function.Function;

/**
 * Where an encoding's tokens are in a text. A token that begins inside a character is said to begin
 * where the character does.
 */
record TokenPlaces(Encoding encoding) implements Function<String, TokenSpans> {

  @Override
  public TokenSpans apply(String text) {
    IntArrayList tokens = encoding.encodeOrdinary(TokenEncodings.wholeCharacters(text));
    int[] starts = new int[tokens.size()];
    int[] ends = new int[tokens.size()];
    IntArrayList one = new IntArrayList(1);
    Position position = new Position(text);
    for (int i = 0; i < starts.length; i++) {
      one.clear();
      one.add(tokens.get(i));
      starts[i] = position.index;
      position.advance(encoding.decodeBytes(one).length);
      ends[i] = position.index;
    }
    return new TokenSpans(starts, ends);
  }

  /** A place in a text that is moved on by bytes of its UTF-8. */
  private static final class Position {

    private final String text;

    /** Of the character that the next byte belongs to. */
    private int index;

    /** How many bytes of that character were passed. */
    private int passed;

    Position(String text) {
      this.text = text;
    }

    void advance(int bytes) {
      passed += bytes;
      while (index < text.length() && passed >= size(text.codePointAt(index))) {
        int character = text.codePointAt(index);
        passed -= size(character);
        index += Character.charCount(character);
      }
    }

    /** In bytes; half of a surrogate pair is encoded as a question mark. */
    private static int size(int character) {
      if (character < 0x80 || (character >= 0xD800 && character <= 0xDFFF)) {
        return 1;
      }
      return character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
  }
}
