package dev.ragstream.cli;

import dev.ragstream.core.Failure;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** docs/reference/exit-codes.md, made from {@link ExitCode} and the kinds of {@link Failure}. */
final class ExitCodesPage {

  private static final String HEAD =
      """
      # Exit codes

      What a process ends with, for scripts. A failure is told on stderr, as a problem and what to do about it; with `--json` its `kind` is in the
      event `failed`.

      | code | when | kinds of failure |
      | --- | --- | --- |
      """;

  private ExitCodesPage() {}

  static String markdown() {
    Map<Integer, String> meanings = new LinkedHashMap<>();
    meanings.put(ExitCode.SUCCESS, "success");
    meanings.put(
        ExitCode.FAILED,
        "something failed: a model's server, the store, a document of `index`; stdout cannot be written to; `doctor` found something broken");
    meanings.put(ExitCode.USAGE, "the command line, the settings or a template are wrong");
    meanings.put(
        ExitCode.CHECKS_FAILED,
        "a check did not pass: `prompt --check`, `prompt --measure`, `parity --min`, a replay of another request");
    meanings.put(ExitCode.INTERRUPTED, "Ctrl-C");
    meanings.put(ExitCode.TERMINATED, "told to end from outside (SIGTERM)");
    StringBuilder page = new StringBuilder(HEAD);
    meanings.forEach(
        (code, meaning) -> page.append("| %d | %s | %s |\n".formatted(code, meaning, kinds(code))));
    return page.toString();
  }

  private static String kinds(int code) {
    return Arrays.stream(Failure.Kind.values())
        .filter(kind -> ExitCode.of(new Failure(kind, "", "")) == code)
        .map(kind -> "`" + kind.wireName() + "`")
        .collect(Collectors.joining(", "));
  }
}
