package dev.ragstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IndexNameTest {

  @ParameterizedTest
  @ValueSource(strings = {"ragstream", "a", "oa_history", "2026.11-docs", ".hidden", "问答", "a+b"})
  void aNameThatElasticsearchTakesIsTaken(String name) {
    assertThat(IndexName.parse(name)).isEqualTo(new IndexName(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "Docs",
        "ÄRGER",
        "_docs",
        "-docs",
        "+docs",
        "a b",
        "a\tb",
        "a/b",
        "a\\b",
        "a*",
        "a?",
        "a\"",
        "a<b",
        "a>b",
        "a|b",
        "a,b",
        "a#b",
        "cluster:docs"
      })
  void aNameThatElasticsearchRefusesIsNone(String name) {
    assertThat(IndexName.parse(name)).isNull();
  }

  @Test
  void itHasAtMostTwoHundredBytes() {
    assertThat(IndexName.parse("é".repeat(100))).isNotNull();
    assertThat(IndexName.parse("é".repeat(100) + "a")).isNull();
  }
}
