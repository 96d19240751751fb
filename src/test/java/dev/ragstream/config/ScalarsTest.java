package dev.ragstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarsTest {

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "512B, 512",
    "1kB, 1000",
    "64KiB, 65536",
    "256MB, 256000000",
    "256 mb, 256000000",
    "1MiB, 1048576",
    "2GB, 2000000000",
    "999999999GiB, 1073741822926258176",
  })
  void aSizeIsANumberOfBytesWithAUnit(String text, long bytes) {
    assertThat(ByteSize.parse(text)).isEqualTo(new ByteSize(bytes));
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "1.5MB", "MB", "1TB", "9999999999", "''"})
  void whatIsNoSizeIsNone(String text) {
    assertThat(ByteSize.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"1ms, PT0.001S", "10s, PT10S", "2 m, PT2M", "1h, PT1H", "3600s, PT1H"})
  void aDurationIsANumberWithAUnit(String text, Duration duration) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
  }

  @ParameterizedTest
  @CsvSource({"0ms", "10", "1.5s", "-1s", "61m", "999999999h", "s", "10S"})
  void whatIsNoDurationIsNone(String text) {
    assertThat(Durations.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"max, Infinity", "1, 1", "2, 2", "0.5, 0.5", "999999, 999999"})
  void aReplaysSpeedIsAFactorOrTheGreatest(String text, double factor) {
    assertThat(ReplaySpeed.parse(text)).isEqualTo(new ReplaySpeed(factor));
  }

  @ParameterizedTest
  @CsvSource({"0", "0.0", "-1", "MAX", "1x", "1e3", "NaN", "Infinity", "''"})
  void whatIsNoSpeedIsNone(String text) {
    assertThat(ReplaySpeed.parse(text)).isNull();
  }
}
