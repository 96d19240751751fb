package dev.ragstream.ingest;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Optional;

/** Knows EBCDIC by its spaces and letters, which stand where other encodings have rarities. */
final class Ebcdic {

  private static final Charset INTERNATIONAL = Charset.forName("IBM500");
  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final int SPACE = 0x40;
  private static final int SAMPLE = 64 << 10;

  private Ebcdic() {}

  /** The text, or nothing where this is no EBCDIC. */
  static Optional<String> decode(byte[] bytes) {
    if (!suspected(bytes)) {
      return Optional.empty();
    }
    try {
      String text = INTERNATIONAL.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return Optional.of(withoutC1(text));
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static boolean suspected(byte[] bytes) {
    int length = Math.min(bytes.length, SAMPLE);
    int spaces = 0;
    int letters = 0;
    for (int i = 0; i < length; i++) {
      int b = bytes[i] & 0xFF;
      if (b == SPACE) {
        spaces++;
      } else if (isLetter(b)) {
        letters++;
      }
    }
    return spaces > length / 20 && spaces + letters > length * 2 / 3;
  }

  private static boolean isLetter(int b) {
    int low = b & 0x0F;
    return b >= 0x81 && low >= 1 && low <= 9 && (b & 0x30) != 0x30;
  }

  /** The trade mark signs and curly quotes of Windows travel through EBCDIC as C1 controls. */
  private static String withoutC1(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.chars()
        .forEach(c ->
            clean.append(
                c >= 0x80 && c < 0xA0 && c != 0x85
                    ? new String(new byte[] {(byte) c}, WINDOWS)
                    : String.valueOf((char) c)));
    return clean.toString();
  }
}
