package dev.ragstream.ingest;

import dev.ragstream.core.FailureException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.mozilla.universalchardet.UniversalDetector;

/**
 * Turns bytes into text, or says that it cannot: a byte order mark decides, then valid UTF-8, then
 * the pattern of UTF-16, then what the file declares, then what a detector takes it for. What is
 * not certain must look like text, so that nothing is garbled in silence.
 */
final class TextDecoder {

  /** Those with a byte order mark; the longer marks come first, for they begin alike. */
  private static final List<Charset> MARKED =
      List.of(
          StandardCharsets.UTF_32LE,
          StandardCharsets.UTF_32BE,
          StandardCharsets.UTF_8,
          StandardCharsets.UTF_16LE,
          StandardCharsets.UTF_16BE);

  /** What the detector does not know, or knows under another name; each must prove plausible. */
  private static final List<Charset> OTHERS =
      Stream.of("windows-1252", "windows-1251", "windows-1256", "IBM866")
          .map(Charset::forName)
          .toList();

  /** How much of a file the detector looks at. */
  private static final int SAMPLE = 1 << 20;

  String decode(SourceFile file) {
    return decode(file, Optional.empty());
  }

  /**
   * The text, with {@code \n} at line ends and without NUL.
   *
   * @param declared the charset that the file names, which is often wrong
   * @throws FailureException of kind {@code DOCUMENT} where no encoding makes readable text
   */
  String decode(SourceFile file, Optional<String> declared) {
    byte[] bytes = file.bytes();
    Optional<Charset> marked = MARKED.stream().filter(c -> begins(bytes, mark(c))).findFirst();
    Optional<String> text =
        marked.isPresent()
            ? marked.flatMap(charset -> strict(bytes, mark(charset).length, charset))
            : unmarked(bytes).or(() -> probable(file, declared));
    return text.map(TextDecoder::normalised)
        .orElseThrow(() ->
            Unreadable.because(
                "the encoding of %s could not be told: no encoding makes readable text of it"
                    .formatted(file.source()),
                "convert it to UTF-8 and index it again"));
  }

  private static byte[] mark(Charset charset) {
    return "\uFEFF".getBytes(charset);
  }

  private static boolean begins(byte[] bytes, byte[] mark) {
    int difference = Arrays.mismatch(bytes, mark);
    return difference < 0 || difference == mark.length;
  }

  private static Optional<String> unmarked(byte[] bytes) {
    Optional<Charset> utf16 = Utf16.charsetOf(bytes);
    return utf16.isPresent()
        ? utf16.flatMap(charset -> strict(bytes, 0, charset)).filter(Plausibility::looksLikeText)
        : strict(bytes, 0, StandardCharsets.UTF_8);
  }

  private static Optional<String> probable(SourceFile file, Optional<String> declared) {
    byte[] bytes = file.bytes();
    DamagedUtf8.check(file);
    List<Charset> candidates = new ArrayList<>();
    declared.flatMap(TextDecoder::charset).ifPresent(candidates::add);
    detected(bytes).flatMap(TextDecoder::charset).ifPresent(candidates::add);
    candidates.addAll(OTHERS);
    return Stream.concat(
            Stream.of(Ebcdic.decode(bytes)),
            candidates.stream().map(charset -> strict(bytes, 0, charset)))
        .flatMap(Optional::stream)
        .filter(Plausibility::looksLikeText)
        .findFirst();
  }

  private static Optional<String> detected(byte[] bytes) {
    UniversalDetector detector = new UniversalDetector();
    detector.handleData(bytes, 0, Math.min(bytes.length, SAMPLE));
    detector.dataEnd();
    return Optional.ofNullable(detector.getDetectedCharset());
  }

  private static Optional<Charset> charset(String name) {
    try {
      return Optional.of(Charset.forName(name));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> strict(byte[] bytes, int offset, Charset charset) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes, offset, bytes.length - offset);
      return Optional.of(charset.newDecoder().decode(in).toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private static String normalised(String text) {
    return text.replace("\0", "").replace("\r\n", "\n").replace('\r', '\n');
  }
}
