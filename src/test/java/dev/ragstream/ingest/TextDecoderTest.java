package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ragstream.core.Failure;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextDecoderTest {

  private static final String CHINESE = "今天下午有雨，出门请带伞。市政服务中心的开放时间是周一至周五上午九点到下午五点。\n";
  private static final String RUSSIAN =
      "Сегодня во второй половине дня ожидается дождь, возьмите с собой зонт.\n";
  private static final String FRENCH =
      "Il pleuvra cet après-midi ; prenez un parapluie. La mairie est fermée à Noël.\n";
  private static final String ENGLISH = "Rain this afternoon: take an umbrella with you.\n";

  private final TextDecoder decoder = new TextDecoder();

  @ParameterizedTest
  @CsvSource({
    "UTF-8, chinese",
    "GB18030, chinese",
    "GBK, chinese",
    "UTF-16LE, english",
    "UTF-16BE, english",
    "UTF-16LE, french",
    "windows-1251, russian",
    "KOI8-R, russian",
    "IBM866, russian",
    "windows-1252, french",
    "ISO-8859-1, french",
    "IBM500, english",
  })
  void anEncodingIsToldFromTheTextAlone(String encoding, String language) {
    String text = text(language);

    assertThat(decode(text.getBytes(Charset.forName(encoding)))).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void aByteOrderMarkDecidesAndIsNoText(String encoding) {
    byte[] marked = ("\uFEFF" + CHINESE).getBytes(Charset.forName(encoding));

    assertThat(decode(marked)).isEqualTo(CHINESE);
  }

  @Test
  void aDeclarationCountsWhereItMakesText() {
    byte[] bytes = "Žluťoučký kůň úpěl ďábelské ódy.".getBytes(Charset.forName("windows-1250"));

    assertThat(decoder.decode(new SourceFile("a.html", bytes), Optional.of("windows-1250")))
        .isEqualTo("Žluťoučký kůň úpěl ďábelské ódy.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "no-such-charset", "windows-1252"})
  void aDeclarationThatIsWrongDoesNot(String declared) {
    byte[] bytes = RUSSIAN.getBytes(Charset.forName("windows-1251"));

    assertThat(decoder.decode(new SourceFile("a.html", bytes), Optional.of(declared)))
        .isEqualTo(RUSSIAN);
  }

  @Test
  void lineEndsAreTheSameAndNulIsGoneButEscapesStay() {
    assertThat(decode("a\r\nb\rc\0d\u001B[31m".getBytes(StandardCharsets.UTF_8)))
        .isEqualTo("a\nb\ncd\u001B[31m");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void bytesThatAreNoTextAreReportedAndNeverGarbled(int seed) {
    byte[] noise = new byte[5000];
    new Random(seed).nextBytes(noise);

    Failure failure = Reads.failure("notes.txt", withoutNul(noise));

    assertThat(failure.problem()).startsWith("the encoding of notes.txt could not be told");
    assertThat(failure.remedy()).isEqualTo("convert it to UTF-8 and index it again");
  }

  @Test
  void oneStrayByteInALongUtf8FileIsReportedRatherThanGarbled() {
    byte[] bytes = CHINESE.repeat(20).getBytes(StandardCharsets.UTF_8);
    bytes[100] = (byte) 0xFF;

    assertThat(Reads.failure("notes.txt", bytes).problem())
        .isEqualTo("notes.txt is UTF-8 but for a few bytes, the first of them in line 1");
  }

  private String decode(byte[] bytes) {
    return decoder.decode(new SourceFile("notes.txt", bytes));
  }

  private static byte[] withoutNul(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = bytes[i] == 0 ? 1 : bytes[i];
    }
    return bytes;
  }

  private static String text(String language) {
    return switch (language) {
      case "chinese" -> CHINESE;
      case "russian" -> RUSSIAN;
      case "french" -> FRENCH;
      default -> ENGLISH;
    };
  }
}
