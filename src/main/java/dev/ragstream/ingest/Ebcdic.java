package dev.ragstream.ingest;

/** Knows EBCDIC by its spaces and letters, which stand where other encodings have rarities. */
final class Ebcdic {

  private static final int SPACE = 0x40;
  private static final int SAMPLE = 64 << 10;

  private Ebcdic() {}

  static boolean suspected(byte[] bytes) {
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
}
