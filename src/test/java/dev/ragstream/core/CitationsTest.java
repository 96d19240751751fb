package dev.ragstream.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CitationsTest {

  private static final List<Excerpt> FIVE_SHOWN =
      Samples.passages("1", "2", "3", "4", "5").stream().map(Samples::excerpt).toList();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          It rains.                         | ''
          It rains [1].                     | 1
          It rains[1].                      | 1
          It rains [2], it snows [1].       | 2 1
          It rains [1, 3].                  | 1 3
          It rains [1][2].                  | 1 2
          It rains [ 2 ; 4 ].               | 2 4
          It rains [1] and rains [1].       | 1
          It rains [^1].                    | 1
          It rains [^1, ^2].                | 1 2
          It rains [2-4].                   | 2 3 4
          It rains [1, 3–5].                | 1 3 4 5
          It rains [4-2].                   | ''
          下雨了【2】。                      | 2
          下雨了［1、3］。                   | 1 3
          It rains [10].                    | ''
          It rains [4, 10, 5].              | 4 5
          In [2024] and [2020-2024].        | ''
          It rains [0], [-1], [12345].      | ''
          It rains [a], [1a], [], [,].      | ''
          See [1](https://example.com).     | 1
          Write `a[1]`, then go out [2].    | 2
          An index, a[1], looks like one.   | 1
          """)
  void readsWhatAnAnswerCites(String answer, String cited) {
    assertThat(cited(answer)).isEqualTo(cited);
  }

  @Test
  void aCodeBlockCitesNothing() {
    assertThat(cited("Run [1]:\n```java\nint x = a[2];\n```\nas in [3]:\n```\nb[4]"))
        .isEqualTo("1 3");
  }

  @Test
  void bracketsWithoutEndAreNoBurden() {
    String answer = "[1,".repeat(20_000) + "1,".repeat(20_000) + "] [2]";
    assertThat(cited(answer)).isEqualTo("2");
  }

  private static String cited(String answer) {
    return Citations.in(answer, FIVE_SHOWN).stream()
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }
}
