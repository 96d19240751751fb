package dev.ragstream.ingest;

/**
 * How much one file may take. A document is held whole, since a store replaces it whole, so both
 * limits follow from the memory that Java has.
 *
 * @param fileBytes the largest file that is read
 * @param textBytes the most that the text of one document may take in memory
 */
public record Limits(long fileBytes, long textBytes) {

  /** The largest file that is read where the settings say nothing: 256 MB. */
  public static final long DEFAULT_FILE_BYTES = 256L << 20;

  private static final int TREE_FACTOR = 16;

  /** The limits in this process: as set, or less where Java has too little memory for it. */
  public static Limits inThisProcess(long fileBytes) {
    long memory = Runtime.getRuntime().maxMemory();
    return new Limits(Math.min(fileBytes, memory / 8), memory / 4);
  }

  /**
   * Refuses a file whose syntax tree would not fit, which takes many times the room of its text.
   */
  void checkTree(SourceFile file) {
    long most = textBytes / TREE_FACTOR;
    if (file.bytes().length > most) {
      throw Unreadable.because(
          "%s is too large to be read as a whole (more than %s)"
              .formatted(file.source(), megabytes(most)),
          "split it into smaller files, or give Java more memory with -Xmx");
    }
  }

  /** A size as people write it, such as {@code 64 MB}. */
  static String megabytes(long bytes) {
    return Math.max(1, bytes >> 20) + " MB";
  }
}
