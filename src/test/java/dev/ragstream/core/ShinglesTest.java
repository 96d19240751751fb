package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShinglesTest {

  private static final String LONG =
      "Rain moves in from the north during the night and reaches the harbour in the morning while"
          + " the south stays mostly dry with a fresh wind from the sea and some sun later on";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          It rains in the north.     | It rains in the north.     | true
          It rains in the NORTH!     | it rains - in the north    | true
          It rains in the north.     | It rains in the south.     | false
          LONG and ends.             | LONG and stops.            | true
          LONG                       | LONG | true
          LONG                       | It rains. | false
          LONG on day 4              | LONG on day 5              | false
          LONG for 4.5 mm            | LONG for 45 mm             | false
          Yes                        | yes                        | true
          Yes                        | No                         | false
          今天北方下雨，带上雨伞。     | 今天北方下雨，带上雨伞！     | true
          今天北方下雨，带上雨伞。     | 今天南方晴朗，不用雨伞。     | false
          ☀                          | ☂                          | false
          ☂                          | ☂                          | true
          ---                        | ***                        | false
          ''                         | ''                         | true
          ''                         | rain                       | false
          """)
  void tellsWhetherTwoTextsSayTheSame(String one, String other, boolean same) {
    Shingles first = Shingles.of(one.replace("LONG", LONG));
    Shingles second = Shingles.of(other.replace("LONG", LONG));
    assertThat(first.nearDuplicateOf(second)).isEqualTo(same);
    assertThat(second.nearDuplicateOf(first)).isEqualTo(same);
  }
}
