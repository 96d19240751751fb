package dev.ragstream.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IgnoreRulesTest {

  private static final List<String> PATTERNS =
      List.of(
          "*.log",
          "/build",
          "out/",
          "a/**/b",
          "**/foo",
          "foo/**",
          "docs/*.md",
          "a?c",
          "a[b-d]e",
          "a[!b-d]e",
          "\\#x",
          "\\!x",
          "trailing   ",
          "kept\\ ",
          "f+(1).txt",
          "$x^",
          "a|b",
          "[",
          "a\\*b",
          "*.{md,txt}",
          "日本*",
          "*",
          "x/y",
          "/x/",
          "**",
          "abc/**/",
          "a**b");

  private static final List<String> PATHS =
      List.of(
          "a.log",
          "x/a.log",
          "build",
          "x/build",
          "out",
          "a/b",
          "a/x/y/b",
          "foo",
          "x/foo",
          "foo/a",
          "docs/a.md",
          "docs/x/a.md",
          "x/docs/a.md",
          "abc",
          "ace",
          "axe",
          "#x",
          "!x",
          "trailing",
          "kept ",
          "f+(1).txt",
          "$x^",
          "a|b",
          "[",
          "a*b",
          "axb",
          "a.md",
          "日本語",
          "x/y",
          "z/x/y",
          "x");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "*.log|!keep.log; a.log; IGNORED",
        "*.log|!keep.log; keep.log; KEPT",
        "!keep.log|*.log; keep.log; IGNORED",
        "*.log; a.txt; SILENT",
        "# a.log; a.log; SILENT",
      })
  void theLastRuleThatMatchesDecides(String rules, String path, IgnoreRules.Verdict verdict) {
    IgnoreRules parsed = IgnoreRules.parse(List.of(rules.split("\\|")));

    assertThat(parsed.verdict(path, false)).isEqualTo(verdict);
  }

  @Test
  void aRuleWithASlashAtItsEndIsForFoldersOnly() {
    IgnoreRules rules = IgnoreRules.parse(List.of("out/"));

    assertThat(rules.verdict("out", true)).isEqualTo(IgnoreRules.Verdict.IGNORED);
    assertThat(rules.verdict("out", false)).isEqualTo(IgnoreRules.Verdict.SILENT);
    assertThat(rules.covers("x/out/a.txt")).isTrue();
  }

  @Test
  void globsHaveBraces() {
    IgnoreRules globs = IgnoreRules.ofGlobs(List.of("docs/**/*.{md,txt}"));

    assertThat(globs.covers("docs/a/b.txt")).isTrue();
    assertThat(globs.covers("docs/c.md")).isTrue();
    assertThat(globs.covers("docs/c.html")).isFalse();
  }

  @Test
  void everyPatternMeansWhatItMeansToGit(@TempDir Path folder) throws Exception {
    assumeTrue(git(folder, "", "init", "-q") == 0, "needs git");
    for (String pattern : PATTERNS) {
      Files.writeString(folder.resolve(".gitignore"), pattern + "\n");
      IgnoreRules rules = IgnoreRules.parse(List.of(pattern));
      List<String> ignored = ignoredByGit(folder);
      for (String path : PATHS) {
        assertThat(rules.covers(path))
            .describedAs("%s on %s", pattern, path)
            .isEqualTo(ignored.contains(path));
      }
    }
  }

  private static List<String> ignoredByGit(Path folder) throws Exception {
    git(folder, String.join("\0", PATHS), "check-ignore", "-z", "--no-index", "--stdin");
    return List.of(Files.readString(folder.resolve(".git/answer")).split("\0"));
  }

  private static int git(Path folder, String input, String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>(List.of("git"));
    command.addAll(List.of(arguments));
    Files.createDirectories(folder.resolve(".git"));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectOutput(folder.resolve(".git/answer").toFile())
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      try (var out = process.getOutputStream()) {
        out.write(input.getBytes(StandardCharsets.UTF_8));
      }
      return process.waitFor(30, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } catch (IOException e) {
      return -1;
    }
  }
}
