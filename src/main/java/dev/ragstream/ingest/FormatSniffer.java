package dev.ragstream.ingest;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/**
 * Tells a file's format: by what its bytes prove, or else by its name, or else by a look inside.
 */
final class FormatSniffer {

  private static final int SAMPLE = 8 << 10;

  private FormatSniffer() {}

  /** The format; nothing where it is a binary file that no reader reads. */
  static Optional<Format> format(SourceFile file) {
    Optional<Format> named = Format.named(file);
    String head =
        new String(
            file.bytes(), 0, Math.min(file.bytes().length, SAMPLE), StandardCharsets.ISO_8859_1);
    if (head.lastIndexOf("%PDF-", 1024) >= 0 && named.filter(Format.TEXT::equals).isEmpty()) {
      return Optional.of(Format.PDF);
    }
    if (head.startsWith("PK\3\4") || head.startsWith("\u00D0\u00CF\u0011\u00E0")) {
      boolean word = named.filter(Format.DOCX::equals).isPresent() || head.contains("word/");
      return word ? Optional.of(Format.DOCX) : Optional.empty();
    }
    if (named.filter(format -> format == Format.PDF || format == Format.DOCX).isPresent()) {
      return named; // damaged, which its reader says better
    }
    if (isBinary(file, head)) {
      return Optional.empty();
    }
    return named.or(() -> Optional.of(bySight(head)));
  }

  private static boolean isBinary(SourceFile file, String head) {
    boolean zeros = head.indexOf('\0') >= 0;
    boolean wide =
        head.startsWith("\u00FF\u00FE")
            || head.startsWith("\u00FE\u00FF")
            || head.startsWith("\0\0\u00FE\u00FF")
            || Utf16.charsetOf(file.bytes()).isPresent();
    return zeros && !wide && head.chars().filter(c -> c == 0).count() * 100 > head.length();
  }

  private static Format bySight(String head) {
    String start = head.stripLeading().toLowerCase(Locale.ROOT);
    if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      return Format.HTML;
    }
    return start.startsWith("<?xml") || start.startsWith("<svg") ? Format.XML : Format.TEXT;
  }
}
